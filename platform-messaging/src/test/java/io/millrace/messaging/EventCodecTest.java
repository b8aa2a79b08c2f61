package io.millrace.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.events.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventCodecTest {

    private static final Topic<Sample> TOPIC = Sample.topic("any");

    private final EventCodec codec = new EventCodec();

    @Test
    void readsWhatItHasWritten() {
        Sample whole = new Sample.Assembled("lamp", List.of(new Sample.Part("bulb", 2)), 300);
        Sample bare = new Sample.Assembled("lamp", List.of(), null);
        for (Sample event : List.of(whole, bare)) {
            assertThat(codec.decode(TOPIC, "test.assembled", codec.encode(event)))
                    .isEqualTo(event);
        }
        assertThat(new String(codec.encode(bare), StandardCharsets.UTF_8)).doesNotContain("weight");
    }

    @Test
    void ignoresWhatItDoesNotKnow() {
        assertThat(decode("{\"name\": \"lamp\", \"parts\": [], \"colour\": \"red\"}"))
                .isEqualTo(new Sample.Assembled("lamp", List.of(), null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"parts": []}                                       | lacks a field: name
            {"name": null, "parts": []}                         | lacks a field: name
            {"name": "lamp"}                                    | lacks a field: parts
            {"name": "lamp", "parts": [null]}                   | lacks a field: parts
            {"name": "lamp", "parts": [{"name": "bulb"}]}       | lacks a field: parts.[0].count
            {"name": "lamp", "parts": [{"count": 1}]}           | lacks a field: parts.[0].name
            {"name": "lamp", "parts": 1}                        | is not a test.assembled
            {"name": "lamp", "parts": []                        | is not a test.assembled
            []                                                  | is not a test.assembled
            null                                                | JSON literal null
            """)
    void refusesWhatLacksAPartNamingIt(String payload, String named) {
        assertThatThrownBy(() -> decode(payload))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining(named);
    }

    @Test
    void refusesTypesTheTopicDoesNotCarry() {
        assertThatThrownBy(() -> codec.decode(TOPIC, "order.placed", new byte[0]))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("order.placed");
    }

    private Sample decode(String payload) {
        return codec.decode(TOPIC, "test.assembled", payload.getBytes(StandardCharsets.UTF_8));
    }
}
