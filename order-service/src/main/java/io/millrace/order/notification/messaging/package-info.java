/** The orders' own events, as they lead to mails. */
@NullMarked
package io.millrace.order.notification.messaging;

import org.jspecify.annotations.NullMarked;
