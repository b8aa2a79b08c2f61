/** Tests of what the brokers say of lag. */
@NullMarked
package io.millrace.monitoring.lag.messaging;

import org.jspecify.annotations.NullMarked;
