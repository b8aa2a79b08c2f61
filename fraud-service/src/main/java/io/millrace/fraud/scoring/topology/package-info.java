/** Scoring as a Kafka Streams topology: from transactions to decisions in one hop, exactly once. */
@NullMarked
package io.millrace.fraud.scoring.topology;

import org.jspecify.annotations.NullMarked;
