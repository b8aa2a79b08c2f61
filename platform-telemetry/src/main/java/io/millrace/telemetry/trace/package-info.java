/** Traces across HTTP, outbox and Kafka: W3C contexts, always passed on, and spans of those that are sampled. */
@NullMarked
package io.millrace.telemetry.trace;

import org.jspecify.annotations.NullMarked;
