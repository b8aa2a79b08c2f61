package io.millrace.messaging;

import io.millrace.events.Envelope;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The envelope as record headers: CloudEvents 1.0, binary mode of its Kafka protocol binding. */
public final class EventHeaders {

    /** Stable name of the payload. */
    public static final String TYPE = "ce_type";

    /** Unique id of the event. */
    public static final String ID = "ce_id";

    private static final String SPEC_VERSION = "ce_specversion";
    private static final String SOURCE = "ce_source";
    private static final String TIME = "ce_time";
    private static final String SUBJECT = "ce_subject";
    private static final String SEQUENCE = "ce_sequence";
    private static final String CORRELATION_ID = "ce_correlationid";
    private static final String CAUSATION_ID = "ce_causationid";
    private static final String CONTENT_TYPE = "content-type";
    private static final String TRACEPARENT = "traceparent";

    private static final byte[] SPEC_VERSION_1_0 = bytes("1.0");
    private static final byte[] JSON = bytes("application/json");

    private EventHeaders() {}

    /** The headers that say what the envelope says. */
    public static Headers of(Envelope envelope) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(SPEC_VERSION, SPEC_VERSION_1_0);
        headers.add(ID, bytes(envelope.id().toString()));
        headers.add(TYPE, bytes(envelope.type()));
        headers.add(SOURCE, bytes(envelope.source()));
        headers.add(TIME, bytes(envelope.time().toString()));
        headers.add(SUBJECT, bytes(envelope.subject()));
        headers.add(SEQUENCE, bytes(Long.toString(envelope.sequence())));
        headers.add(CORRELATION_ID, bytes(envelope.correlationId()));
        if (envelope.causationId() != null) {
            headers.add(CAUSATION_ID, bytes(envelope.causationId().toString()));
        }
        headers.add(CONTENT_TYPE, JSON);
        if (envelope.traceparent() != null) {
            headers.add(TRACEPARENT, bytes(envelope.traceparent()));
        }
        return headers;
    }

    /**
     * Reads the envelope back.
     *
     * @throws UndecodableException naming the header that is missing or malformed
     */
    public static Envelope read(Headers headers) {
        String sequence = required(headers, SEQUENCE);
        String causation = optional(headers, CAUSATION_ID);
        try {
            return new Envelope(
                    uuid(ID, required(headers, ID)),
                    required(headers, TYPE),
                    required(headers, SOURCE),
                    Instant.parse(required(headers, TIME)),
                    required(headers, SUBJECT),
                    Long.parseLong(sequence),
                    required(headers, CORRELATION_ID),
                    causation == null ? null : uuid(CAUSATION_ID, causation),
                    optional(headers, TRACEPARENT));
        } catch (DateTimeException e) {
            throw new UndecodableException("header " + TIME + " is not an instant", e);
        } catch (NumberFormatException e) {
            throw new UndecodableException("header " + SEQUENCE + " is not a number", e);
        } catch (IllegalArgumentException e) {
            throw new UndecodableException("envelope refused: " + e.getMessage(), e);
        }
    }

    private static UUID uuid(String header, String value) {
        try {
            return UUID.fromString(value);
        } catch (IllegalArgumentException e) {
            throw new UndecodableException("header " + header + " is not a UUID", e);
        }
    }

    private static String required(Headers headers, String name) {
        String value = optional(headers, name);
        if (value == null) {
            throw new UndecodableException("header " + name + " is missing");
        }
        return value;
    }

    private static @Nullable String optional(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        byte[] value = header == null ? null : header.value();
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
