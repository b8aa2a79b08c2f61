/** Set-based SQL. */
@NullMarked
package io.millrace.messaging.sql;

import org.jspecify.annotations.NullMarked;
