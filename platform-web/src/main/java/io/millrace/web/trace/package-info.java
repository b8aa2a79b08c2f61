/** The span of every request. */
@NullMarked
package io.millrace.web.trace;

import org.jspecify.annotations.NullMarked;
