package io.millrace.recommendation.sessions.topology;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * A record that can't be put into a session, as it is set aside: its own key, bytes and headers, and beside them where it stood and
 * why. The header names are those of every other consumer group's dead letters.
 */
final class DeadLetter {

    private static final int LONGEST_CAUSE = 4_000;

    private DeadLetter() {}

    /** @param now when it is set aside; it also becomes the record's time, as retention counts from there */
    static Record<byte[], byte[]> of(
            Record<byte[], byte[]> record, RecordMetadata from, String group, Throwable cause, long now) {
        Headers headers = new RecordHeaders(record.headers());
        add(headers, "dlt_group", group);
        add(headers, "dlt_topic", from.topic());
        add(headers, "dlt_partition", Integer.toString(from.partition()));
        add(headers, "dlt_offset", Long.toString(from.offset()));
        add(headers, "dlt_timestamp", Long.toString(record.timestamp()));
        add(headers, "dlt_failed_at", Instant.ofEpochMilli(now).toString());
        add(headers, "dlt_exception", cause.getClass().getName());
        add(headers, "dlt_cause", shortened(cause));
        return record.withHeaders(headers).withTimestamp(now);
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
