/** Events owned by inventory-service: the catalogue, reservations and availability. */
@NullMarked
package io.millrace.events.inventory;

import org.jspecify.annotations.NullMarked;
