/** The same by HTTP. */
@NullMarked
package io.millrace.monitoring.metrics.web;

import org.jspecify.annotations.NullMarked;
