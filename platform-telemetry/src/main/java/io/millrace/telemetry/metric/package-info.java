/** Snapshots of the service's meters as OTLP metrics. */
@NullMarked
package io.millrace.telemetry.metric;

import org.jspecify.annotations.NullMarked;
