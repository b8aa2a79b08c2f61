/** Keeps processes running: start, readiness, restart with back-off, stop. */
@NullMarked
package io.millrace.local.supervision;

import org.jspecify.annotations.NullMarked;
