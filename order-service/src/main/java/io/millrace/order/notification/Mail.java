package io.millrace.order.notification;

import java.time.Instant;

/**
 * A mail as it is to be sent: the same at every try.
 *
 * @param messageId {@code Message-ID}, in its angle brackets
 * @param address whom it is for, as the customer gave it
 * @param name the recipient's name; one line without control characters, may be empty
 * @param subject one line of ASCII
 * @param text plain text, lines ended by a line feed
 * @param date when happened what it tells
 */
public record Mail(String messageId, String address, String name, String subject, String text, Instant date) {}
