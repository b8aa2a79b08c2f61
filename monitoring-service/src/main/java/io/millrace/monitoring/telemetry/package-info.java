/** What OTLP requests say, as rows: logs, metrics and spans. */
@NullMarked
package io.millrace.monitoring.telemetry;

import org.jspecify.annotations.NullMarked;
