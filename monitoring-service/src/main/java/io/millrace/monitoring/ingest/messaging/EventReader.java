package io.millrace.monitoring.ingest.messaging;

import io.millrace.events.Topic;
import io.millrace.events.order.OrderConfirmed;
import io.millrace.events.order.OrderExpired;
import io.millrace.events.order.OrderHeld;
import io.millrace.events.order.OrderPlaced;
import io.millrace.events.order.OrderRejected;
import io.millrace.messaging.UndecodableException;
import io.millrace.monitoring.ingest.Item;
import io.millrace.monitoring.ingest.StoredEvent;
import io.millrace.monitoring.orders.OrderFact;
import io.millrace.monitoring.orders.OrderFact.Step;
import io.millrace.monitoring.telemetry.OrderIds;
import io.millrace.monitoring.telemetry.Texts;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads events of any type, known or not: a type comes from its header and the data stays JSON. Headers that are missing or
 * malformed are taken as not said. Only what is no JSON can't be read.
 */
final class EventReader {

    /** Characters of data that are stored; longer data is replaced by its beginning. */
    static final int LONGEST_DATA = 64 * 1024;

    private static final int START = 4 * 1024;
    private static final int LONGEST_HEADER = 512;
    private static final String UNKNOWN = "unknown";
    private static final Duration AHEAD = Duration.ofDays(365);
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    private static final Map<String, Step> STEPS = Map.of(
            Topic.typeOf(OrderPlaced.class), Step.PLACED,
            Topic.typeOf(OrderHeld.class), Step.HELD,
            Topic.typeOf(OrderConfirmed.class), Step.CONFIRMED,
            Topic.typeOf(OrderRejected.class), Step.REJECTED,
            Topic.typeOf(OrderExpired.class), Step.EXPIRED);

    private final JsonMapper json = JsonMapper.shared();

    /**
     * Reads a record's key, headers and value.
     *
     * @throws UndecodableException when the value is no JSON in UTF-8
     */
    Item.OfEvent read(byte @Nullable [] key, Headers headers, byte[] value, Instant recordedAt) {
        String data = text(value);
        validate(data);
        String type = header(headers, "ce_type");
        String correlationId = header(headers, "ce_correlationid");
        StoredEvent event = new StoredEvent(
                key == null ? null : Texts.cut(new String(key, StandardCharsets.UTF_8), LONGEST_HEADER),
                header(headers, "ce_id"),
                type == null ? UNKNOWN : type,
                header(headers, "ce_source"),
                time(header(headers, "ce_time"), recordedAt),
                header(headers, "ce_subject"),
                number(header(headers, "ce_sequence")),
                correlationId,
                correlationId == null ? Optional.empty() : OrderIds.parse(correlationId),
                header(headers, "ce_causationid"),
                traceId(header(headers, "traceparent")),
                bounded(data));
        return new Item.OfEvent(event, fact(event, data));
    }

    private static String text(byte[] value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UndecodableException("the value is not UTF-8", e);
        }
    }

    private void validate(String data) {
        try (JsonParser parser = json.createParser(data)) {
            if (parser.nextToken() == null) {
                throw new UndecodableException("the value is empty");
            }
            parser.skipChildren();
            JsonToken more = parser.nextToken();
            if (more != null) {
                throw new UndecodableException("the value holds more than one JSON value");
            }
        } catch (JacksonException e) {
            throw new UndecodableException("the value is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private String bounded(String data) {
        if (data.length() <= LONGEST_DATA) {
            return data;
        }
        return json.writeValueAsString(Map.of("cut", Texts.cut(data, START)));
    }

    private Optional<OrderFact> fact(StoredEvent event, String data) {
        Step step = STEPS.get(event.type());
        Optional<UUID> orderId = event.orderId();
        if (step == null || orderId.isEmpty()) {
            return Optional.empty();
        }
        String reason = step == Step.REJECTED
                ? Texts.cut(json.readTree(data).path("reason").asString(UNKNOWN), LONGEST_HEADER)
                : null;
        return Optional.of(new OrderFact(orderId.get(), step, event.time(), reason));
    }

    /** What claims to be of before 1970 or of years to come is taken as of the record's own time. */
    private static Instant time(@Nullable String text, Instant recordedAt) {
        if (text == null) {
            return recordedAt;
        }
        try {
            Instant time = Instant.parse(text);
            boolean plausible = time.isAfter(Instant.EPOCH) && time.isBefore(recordedAt.plus(AHEAD));
            return plausible ? time : recordedAt;
        } catch (DateTimeParseException e) {
            return recordedAt;
        }
    }

    private static @Nullable Long number(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable String traceId(@Nullable String traceparent) {
        if (traceparent == null) {
            return null;
        }
        var matcher = TRACEPARENT.matcher(traceparent);
        return matcher.matches() ? matcher.group(1) : null;
    }

    private static @Nullable String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        byte[] value = header == null ? null : header.value();
        return value == null ? null : Texts.cut(new String(value, StandardCharsets.UTF_8), LONGEST_HEADER);
    }
}
