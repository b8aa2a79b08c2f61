/** Reservations: stock promised to orders, all lines of one or none. */
@NullMarked
package io.millrace.inventory.reservation;

import org.jspecify.annotations.NullMarked;
