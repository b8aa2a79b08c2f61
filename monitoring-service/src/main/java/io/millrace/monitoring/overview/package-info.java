/** How the whole platform is doing, at a glance and live. */
@NullMarked
package io.millrace.monitoring.overview;

import org.jspecify.annotations.NullMarked;
