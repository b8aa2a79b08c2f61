/** Tests. */
@NullMarked
package io.millrace.monitoring.lag;

import org.jspecify.annotations.NullMarked;
