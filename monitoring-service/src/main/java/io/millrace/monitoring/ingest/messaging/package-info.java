/** Reads the topics. */
@NullMarked
package io.millrace.monitoring.ingest.messaging;

import org.jspecify.annotations.NullMarked;
