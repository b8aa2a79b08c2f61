/** Snapshots. */
@NullMarked
package io.millrace.telemetry.metric;

import org.jspecify.annotations.NullMarked;
