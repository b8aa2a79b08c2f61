/** order-service: orders from their placing to their end, and the money for them. */
@NullMarked
package io.millrace.order;

import org.jspecify.annotations.NullMarked;
