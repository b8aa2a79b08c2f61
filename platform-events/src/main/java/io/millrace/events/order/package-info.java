/** Events owned by order-service: orders and the money that moves for them. */
@NullMarked
package io.millrace.events.order;

import org.jspecify.annotations.NullMarked;
