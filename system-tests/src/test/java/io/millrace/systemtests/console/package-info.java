/** The console of a running platform in a real browser. */
@NullMarked
package io.millrace.systemtests.console;

import org.jspecify.annotations.NullMarked;
