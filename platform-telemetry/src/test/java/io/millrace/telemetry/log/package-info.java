/** Log records. */
@NullMarked
package io.millrace.telemetry.log;

import org.jspecify.annotations.NullMarked;
