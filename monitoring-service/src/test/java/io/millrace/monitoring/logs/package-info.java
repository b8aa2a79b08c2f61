/** Tests. */
@NullMarked
package io.millrace.monitoring.logs;

import org.jspecify.annotations.NullMarked;
