/** The metrics that were kept. */
@NullMarked
package io.millrace.monitoring.metrics;

import org.jspecify.annotations.NullMarked;
