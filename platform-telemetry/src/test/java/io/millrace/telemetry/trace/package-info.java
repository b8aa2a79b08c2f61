/** Contexts and spans. */
@NullMarked
package io.millrace.telemetry.trace;

import org.jspecify.annotations.NullMarked;
