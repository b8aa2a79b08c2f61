package io.millrace.monitoring.ingest.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.events.Envelope;
import io.millrace.messaging.EventHeaders;
import io.millrace.messaging.UndecodableException;
import io.millrace.monitoring.ingest.Item;
import io.millrace.monitoring.ingest.StoredEvent;
import io.millrace.monitoring.orders.OrderFact;
import io.millrace.monitoring.orders.OrderFact.Step;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant HAPPENED = Instant.parse("2026-06-01T11:59:59Z");
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final EventReader reader = new EventReader();
    private final UUID order = UUID.randomUUID();
    private final UUID id = UUID.randomUUID();
    private final UUID cause = UUID.randomUUID();

    @Test
    void readsWhatTheHeadersSay() {
        String data = "{\"orderId\":\"%s\"}".formatted(order);

        Item.OfEvent read = read(headers("order.placed"), data);

        assertThat(read.event())
                .isEqualTo(new StoredEvent(
                        "key",
                        id.toString(),
                        "order.placed",
                        "order-service",
                        HAPPENED,
                        order.toString(),
                        3L,
                        order.toString(),
                        Optional.of(order),
                        cause.toString(),
                        TRACE,
                        data));
        assertThat(read.fact()).contains(new OrderFact(order, Step.PLACED, HAPPENED, null));
    }

    @Test
    void takesTheReasonOfARejection() {
        assertThat(read(headers("order.rejected"), "{\"reason\":\"OUT_OF_STOCK\"}")
                        .fact())
                .contains(new OrderFact(order, Step.REJECTED, HAPPENED, "OUT_OF_STOCK"));
        assertThat(read(headers("order.rejected"), "{}").fact())
                .contains(new OrderFact(order, Step.REJECTED, HAPPENED, "unknown"));
        assertThat(read(headers("order.rejected"), "[]").fact())
                .contains(new OrderFact(order, Step.REJECTED, HAPPENED, "unknown"));
    }

    @Test
    void keepsEventsOfTypesItDoesNotKnow() {
        Item.OfEvent read = read(headers("order.teleported"), "[1,{\"a\":null}]");

        assertThat(read.event().type()).isEqualTo("order.teleported");
        assertThat(read.event().data()).isEqualTo("[1,{\"a\":null}]");
        assertThat(read.fact()).isEmpty();
    }

    @Test
    void keepsEventsWithoutOrWithOddHeaders() {
        Headers odd = new RecordHeaders();
        for (String name : new String[] {
            "ce_id", "ce_type", "ce_time", "ce_sequence", "ce_correlationid", "ce_causationid", "traceparent"
        }) {
            odd.add(name, new byte[] {(byte) 0xFF, 0, 'x'});
        }
        odd.add("ce_subject", null);

        StoredEvent event = read(odd, "1").event();

        assertThat(event.time()).isEqualTo(NOON);
        assertThat(event.sequence()).isNull();
        assertThat(event.orderId()).isEmpty();
        assertThat(event.traceId()).isNull();
        assertThat(event.subject()).isNull();
        assertThat(read(new RecordHeaders(), "1").event().type()).isEqualTo("unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-999999999-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z", "1969-12-31T23:59:59Z", "now"})
    void takesTheRecordsTimeForOneThatCannotBe(String time) {
        Headers headers = new RecordHeaders().add("ce_time", time.getBytes(StandardCharsets.UTF_8));

        assertThat(read(headers, "1").event().time()).isEqualTo(NOON);
    }

    @Test
    void cutsDataThatIsTooLong() {
        String data = "{\"text\":\"" + "x".repeat(EventReader.LONGEST_DATA) + "\"}";

        assertThat(read(headers("order.placed"), data).event().data())
                .hasSizeLessThan(10_000)
                .startsWith("{\"cut\":\"{\\\"text")
                .contains("characters in all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{}}", "{} {}", "nul", "{\"a\":\"\0\"}", "{'a':1}", "\uFEFF[", "<xml/>"})
    void refusesWhatIsNoJson(String data) {
        assertThatThrownBy(() -> read(headers("order.placed"), data)).isInstanceOf(UndecodableException.class);
    }

    @Test
    void refusesWhatIsNoUtf8OrNestsTooDeeply() {
        assertThatThrownBy(() -> reader.read(null, headers("x"), new byte[] {'"', (byte) 0xC3, '"'}, NOON))
                .isInstanceOf(UndecodableException.class);
        assertThatThrownBy(() -> read(headers("x"), "[".repeat(100_000) + "]".repeat(100_000)))
                .isInstanceOf(UndecodableException.class);
        assertThatThrownBy(() -> reader.read(null, headers("x"), "[]".getBytes(StandardCharsets.UTF_16), NOON))
                .isInstanceOf(UndecodableException.class);
    }

    private Item.OfEvent read(Headers headers, String data) {
        return reader.read(
                "key".getBytes(StandardCharsets.UTF_8), headers, data.getBytes(StandardCharsets.UTF_8), NOON);
    }

    private Headers headers(String type) {
        return EventHeaders.of(new Envelope(
                id,
                type,
                "order-service",
                HAPPENED,
                order.toString(),
                3,
                order.toString(),
                cause,
                "00-" + TRACE + "-b7ad6b7169203331-01"));
    }
}
