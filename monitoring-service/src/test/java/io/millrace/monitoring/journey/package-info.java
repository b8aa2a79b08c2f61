/** Tests. */
@NullMarked
package io.millrace.monitoring.journey;

import org.jspecify.annotations.NullMarked;
