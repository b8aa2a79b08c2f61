/** Payment attempts: authorised, reconciled and voided at the provider. */
@NullMarked
package io.millrace.order.payment;

import org.jspecify.annotations.NullMarked;
