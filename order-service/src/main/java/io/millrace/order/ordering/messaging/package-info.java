/** Answers about orders, as they come in over Kafka. */
@NullMarked
package io.millrace.order.ordering.messaging;

import org.jspecify.annotations.NullMarked;
