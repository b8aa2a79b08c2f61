/** The same by HTTP. */
@NullMarked
package io.millrace.monitoring.journey.web;

import org.jspecify.annotations.NullMarked;
