package io.millrace.traffic.mail;

import java.time.Instant;
import java.util.List;

/**
 * What is known of a mail at a glance. Mails of the same {@code Message-ID} to the same recipients are one, that came several
 * times.
 *
 * @param id its name here
 * @param number of its first arrival, counted up from 1
 * @param messageId its {@code Message-ID}; empty when it has none
 * @param from the sender the server was told; empty for a bounce
 * @param to the recipients the server was told
 * @param subject as a person reads it
 * @param receivedAt when it came first
 * @param lastReceivedAt when it came last
 * @param copies how often it came
 * @param differing how many of the copies were not the same as the first, byte for byte
 * @param bytes size of the first
 */
record CaughtMail(
        String id,
        long number,
        String messageId,
        String from,
        List<String> to,
        String subject,
        Instant receivedAt,
        Instant lastReceivedAt,
        int copies,
        int differing,
        int bytes) {

    CaughtMail {
        to = List.copyOf(to);
    }

    /** The same, come once more. */
    CaughtMail again(Instant at, boolean same) {
        return new CaughtMail(
                id,
                number,
                messageId,
                from,
                to,
                subject,
                receivedAt,
                at,
                copies + 1,
                differing + (same ? 0 : 1),
                bytes);
    }
}
