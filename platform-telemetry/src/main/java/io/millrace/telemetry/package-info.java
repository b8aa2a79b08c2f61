/** Logs, metrics and traces of a service, as OTLP, onto Kafka. */
@NullMarked
package io.millrace.telemetry;

import org.jspecify.annotations.NullMarked;
