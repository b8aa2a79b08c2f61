/** Queues and texts. */
@NullMarked
package io.millrace.telemetry.ship;

import org.jspecify.annotations.NullMarked;
