/** A mail server that keeps what it is given and passes nothing on, with a page to look at it. */
@NullMarked
package io.millrace.traffic.mail;

import org.jspecify.annotations.NullMarked;
