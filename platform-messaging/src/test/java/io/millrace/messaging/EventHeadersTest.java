package io.millrace.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.events.Envelope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventHeadersTest {

    private static final Envelope ENVELOPE = new Envelope(
            UUID.fromString("01890000-0000-7000-8000-000000000001"),
            "order.placed",
            "order-service",
            Instant.parse("2026-03-01T10:00:00.123456Z"),
            "subject",
            7,
            "correlation",
            UUID.fromString("01890000-0000-7000-8000-000000000002"),
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    @Test
    void saysWhatTheEnvelopeSays() {
        assertThat(EventHeaders.read(EventHeaders.of(ENVELOPE))).isEqualTo(ENVELOPE);
    }

    @Test
    void leavesOutWhatThereIsNot() {
        Envelope bare = new Envelope(
                ENVELOPE.id(),
                "order.placed",
                "order-service",
                ENVELOPE.time(),
                "subject",
                1,
                "correlation",
                null,
                null);
        Headers headers = EventHeaders.of(bare);
        assertThat(headers.lastHeader("ce_causationid")).isNull();
        assertThat(headers.lastHeader("traceparent")).isNull();
        assertThat(EventHeaders.read(headers)).isEqualTo(bare);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ce_id", "ce_type", "ce_source", "ce_time", "ce_subject", "ce_sequence", "ce_correlationid"})
    void namesTheHeaderThatIsMissing(String name) {
        Headers headers = EventHeaders.of(ENVELOPE);
        headers.remove(name);
        assertThatThrownBy(() -> EventHeaders.read(headers))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_id", "ce_time", "ce_sequence", "ce_causationid"})
    void namesTheHeaderThatIsMalformed(String name) {
        Headers headers = EventHeaders.of(ENVELOPE);
        headers.remove(name);
        headers.add(name, "-nonsense-".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> EventHeaders.read(headers))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining(name);
    }

    @Test
    void refusesASequenceBelowOne() {
        Headers headers = EventHeaders.of(ENVELOPE);
        headers.remove("ce_sequence");
        headers.add("ce_sequence", "0".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> EventHeaders.read(headers)).hasMessageContaining("sequence");
    }

    @Test
    void derivesTheSameIdFromTheSameInputOnly() {
        UUID derived = EventIds.derived(ENVELOPE.id(), "score");
        assertThat(EventIds.derived(ENVELOPE.id(), "score")).isEqualTo(derived);
        assertThat(EventIds.derived(ENVELOPE.id(), "other")).isNotEqualTo(derived);
        assertThat(derived.version()).isEqualTo(8);
        assertThat(EventIds.next().version()).isEqualTo(7);
    }
}
