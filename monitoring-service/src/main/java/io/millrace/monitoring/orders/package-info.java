/** Orders by minute and outcome, and how long confirmation takes: kept as the events come in. */
@NullMarked
package io.millrace.monitoring.orders;

import org.jspecify.annotations.NullMarked;
