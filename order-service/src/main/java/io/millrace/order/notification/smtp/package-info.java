/** The mail server, over SMTP. */
@NullMarked
package io.millrace.order.notification.smtp;

import org.jspecify.annotations.NullMarked;
