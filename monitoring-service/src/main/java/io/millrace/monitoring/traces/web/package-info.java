/** The spans of a trace, over HTTP. */
@NullMarked
package io.millrace.monitoring.traces.web;

import org.jspecify.annotations.NullMarked;
