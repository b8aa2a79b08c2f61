/** The smallest service there can be, to be tested from outside. */
@NullMarked
package io.millrace.web.app;

import org.jspecify.annotations.NullMarked;
