/** An application that is watched. */
@NullMarked
package io.millrace.telemetry.app;

import org.jspecify.annotations.NullMarked;
