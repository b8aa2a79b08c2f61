/** Processes of the operating system: which one is ours, what it uses, how it is told something. */
@NullMarked
package io.millrace.local.process;

import org.jspecify.annotations.NullMarked;
