/** The console: the pages in which people see what the platform does. Files and no data; those come from {@code /api/ops}. */
@NullMarked
package io.millrace.monitoring.console.web;

import org.jspecify.annotations.NullMarked;
