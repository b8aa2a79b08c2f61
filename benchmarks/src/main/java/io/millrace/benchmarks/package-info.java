/** Scenario benchmarks: the speed of the whole platform as a ratio to what this machine can do at best. */
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
