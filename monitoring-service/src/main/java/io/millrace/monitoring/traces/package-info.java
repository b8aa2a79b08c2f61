/** The spans of a trace. */
@NullMarked
package io.millrace.monitoring.traces;

import org.jspecify.annotations.NullMarked;
