package io.millrace.messaging;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The headers of a dead letter: the record's own, and beside them where it stood and why it was set aside. */
public final class DeadLetterHeaders {

    private static final int LONGEST_CAUSE = 4_000;

    private DeadLetterHeaders() {}

    /**
     * Where a record stood.
     *
     * @param timestamp its time, in milliseconds since 1970
     */
    public record Place(String topic, int partition, long offset, long timestamp) {}

    /**
     * Adds to a copy of a record's headers.
     *
     * @param group the consumer group that set it aside
     * @param cause with what led to it, its text cut off after 4,000 characters
     */
    public static Headers of(Headers own, Place place, String group, Throwable cause, Instant failedAt) {
        Headers headers = new RecordHeaders(own);
        add(headers, "dlt_group", group);
        add(headers, "dlt_topic", place.topic());
        add(headers, "dlt_partition", Integer.toString(place.partition()));
        add(headers, "dlt_offset", Long.toString(place.offset()));
        add(headers, "dlt_timestamp", Long.toString(place.timestamp()));
        add(headers, "dlt_failed_at", failedAt.toString());
        add(headers, "dlt_exception", cause.getClass().getName());
        add(headers, "dlt_cause", shortened(cause));
        return headers;
    }

    /** Where the record of a dead letter stood; empty when its headers don't say. */
    public static Optional<Place> place(Headers headers) {
        try {
            return Optional.of(new Place(
                    text(headers, "dlt_topic"),
                    Integer.parseInt(text(headers, "dlt_partition")),
                    Long.parseLong(text(headers, "dlt_offset")),
                    Long.parseLong(text(headers, "dlt_timestamp"))));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String shortened(Throwable cause) {
        StringBuilder text = new StringBuilder();
        for (Throwable link = cause; link != null && text.length() < LONGEST_CAUSE; link = link.getCause()) {
            text.append(text.isEmpty() ? "" : "; caused by ").append(link);
        }
        return text.length() <= LONGEST_CAUSE ? text.toString() : text.substring(0, LONGEST_CAUSE);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
