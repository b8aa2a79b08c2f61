/** What happened to an order, over all topics. */
@NullMarked
package io.millrace.monitoring.journey;

import org.jspecify.annotations.NullMarked;
