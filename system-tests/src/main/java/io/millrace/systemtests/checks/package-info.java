/** The checks, one class each. */
@NullMarked
package io.millrace.systemtests.checks;

import org.jspecify.annotations.NullMarked;
