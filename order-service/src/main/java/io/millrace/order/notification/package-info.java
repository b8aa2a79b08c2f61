/** Mails to customers about what became of their orders: owed with the order's event, sent by SMTP, told when they are out. */
@NullMarked
package io.millrace.order.notification;

import org.jspecify.annotations.NullMarked;
