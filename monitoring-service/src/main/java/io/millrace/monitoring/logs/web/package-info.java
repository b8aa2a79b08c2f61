/** The same by HTTP. */
@NullMarked
package io.millrace.monitoring.logs.web;

import org.jspecify.annotations.NullMarked;
