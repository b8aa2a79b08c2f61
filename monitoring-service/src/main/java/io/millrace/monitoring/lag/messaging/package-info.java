/** Asks the brokers. */
@NullMarked
package io.millrace.monitoring.lag.messaging;

import org.jspecify.annotations.NullMarked;
