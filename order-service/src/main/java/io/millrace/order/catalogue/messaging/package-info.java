/** The catalogue, as it comes in over Kafka. */
@NullMarked
package io.millrace.order.catalogue.messaging;

import org.jspecify.annotations.NullMarked;
