/** The payment provider's callbacks, as they come in. */
@NullMarked
package io.millrace.order.payment.web;

import org.jspecify.annotations.NullMarked;
