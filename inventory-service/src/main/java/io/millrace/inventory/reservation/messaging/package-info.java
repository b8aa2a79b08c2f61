/** Reservations, as orders ask for them over Kafka. */
@NullMarked
package io.millrace.inventory.reservation.messaging;

import org.jspecify.annotations.NullMarked;
