/** Tests. */
@NullMarked
package io.millrace.monitoring.telemetry;

import org.jspecify.annotations.NullMarked;
