/** For tests in every module: names that nobody else uses. */
@NullMarked
package io.millrace.testing;

import org.jspecify.annotations.NullMarked;
