/** Tests. */
@NullMarked
package io.millrace.monitoring.orders;

import org.jspecify.annotations.NullMarked;
