/** The payment provider's REST API, as it is called. */
@NullMarked
package io.millrace.order.payment.http;

import org.jspecify.annotations.NullMarked;
