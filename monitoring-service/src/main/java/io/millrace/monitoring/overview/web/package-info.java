/** The same by HTTP. */
@NullMarked
package io.millrace.monitoring.overview.web;

import org.jspecify.annotations.NullMarked;
