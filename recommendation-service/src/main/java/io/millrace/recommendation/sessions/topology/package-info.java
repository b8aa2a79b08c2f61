/** Sessions as a Kafka Streams topology: from clicks to visited products in one hop, exactly once. */
@NullMarked
package io.millrace.recommendation.sessions.topology;

import org.jspecify.annotations.NullMarked;
