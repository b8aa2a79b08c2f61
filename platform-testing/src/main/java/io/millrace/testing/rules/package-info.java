/** The house style, as far as a program can check it. */
@NullMarked
package io.millrace.testing.rules;

import org.jspecify.annotations.NullMarked;
