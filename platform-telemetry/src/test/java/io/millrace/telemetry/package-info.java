/** Tests of the service. */
@NullMarked
package io.millrace.telemetry;

import org.jspecify.annotations.NullMarked;
