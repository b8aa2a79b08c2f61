package io.millrace.recommendation.sessions.topology;

import static io.millrace.recommendation.sessions.topology.Clicked.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.Envelope;
import io.millrace.events.recommendation.ItemViewed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What can't be put into a session is set aside as it came, and what comes after it goes on. */
class PoisonTest {

    private static final ItemViewed GOOD = new ItemViewed("v1", "TEA-1", NOON);

    static Stream<Arguments> poison() {
        byte[] json = Clicked.CODEC.encode(GOOD);
        return Stream.of(
                Arguments.of("no key", record(null, json), "no key"),
                Arguments.of("another's key", record("v9", json), "key is not its visitor"),
                Arguments.of("tombstone", record("v1", null), "no value"),
                Arguments.of("empty", record("v1", new byte[0]), "not a clickstream.item-viewed"),
                Arguments.of("broken JSON", record("v1", text("{\"sku\":")), "not a clickstream.item-viewed"),
                Arguments.of("JSON null", record("v1", text("null")), "JSON literal null"),
                Arguments.of("no fields", record("v1", text("{}")), "lacks a field"),
                Arguments.of("not even text", record("v1", new byte[] {0, -1, 7}), "payload is not"),
                Arguments.of("no product", record("v1", replaced("TEA-1", "")), "sku"),
                Arguments.of("odd product", record("v1", replaced("TEA-1", "tea time")), "sku"),
                Arguments.of("long product", record("v1", replaced("TEA-1", "T".repeat(65))), "sku"),
                Arguments.of("far ahead", record("v1", replaced("2026-03", "2126-03")), "ahead of its record"),
                Arguments.of("far behind", record("v1", replaced("2026-03", "2025-03")), "behind its record"),
                Arguments.of("unknown type", typed(), "carries no type"),
                Arguments.of("no headers", bare(), "header ce_"),
                Arguments.of("null header", nullHeader(), "header ce_"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("poison")
    void setsPoisonAsideAndGoesOn(String name, TestRecord<byte[], byte[]> poison, String cause) {
        try (SessionDriver driver = new SessionDriver()) {
            driver.pipe(Clicked.viewed("v2", "A", NOON));
            driver.pipe(poison);
            driver.pipe(Clicked.viewed("v1", "A", NOON));

            assertThat(driver.visits()).hasSize(2);
            TestRecord<byte[], byte[]> deadLetter = driver.deadLetters().getFirst();
            assertThat(deadLetter.key()).isEqualTo(poison.key());
            assertThat(deadLetter.value()).isEqualTo(poison.value());
            assertThat(header(deadLetter, "dlt_cause")).contains(cause);
            for (Header header : poison.headers()) {
                assertThat(deadLetter.headers().headers(header.key())).contains(header);
            }
            assertThat(driver.counted("millrace.recommendation.clicks.dead-lettered"))
                    .isEqualTo(1);
        }
    }

    @Test
    void isNotLedAstrayByAClockThatRunsAhead() {
        try (SessionDriver driver = new SessionDriver()) {
            driver.pipe(Clicked.viewed("v1", "A", NOON));
            Instant ahead = NOON.plus(Duration.ofHours(2));
            driver.pipe(Clicked.record(
                    "v1", Clicked.CODEC.encode(new ItemViewed("v1", "B", ahead)), Clicked.envelope(GOOD), NOON));
            driver.pipe(Clicked.viewed("v1", "C", NOON.plusSeconds(1)));

            assertThat(driver.visits().getLast().earlierSkus()).containsExactly("A");
        }
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] replaced(String part, String by) {
        String json = new String(Clicked.CODEC.encode(GOOD), StandardCharsets.UTF_8);
        assertThat(json).contains(part);
        return text(json.replace(part, by));
    }

    private static TestRecord<byte[], byte[]> record(@Nullable String key, byte @Nullable [] value) {
        return Clicked.record(key, value, Clicked.envelope(GOOD), NOON);
    }

    private static TestRecord<byte[], byte[]> typed() {
        Envelope envelope = new Envelope(
                UUID.randomUUID(),
                "clickstream.invented",
                "recommendation-service",
                NOON,
                "subject",
                1,
                "correlation",
                null,
                null);
        return Clicked.record("v1", Clicked.CODEC.encode(GOOD), envelope, NOON);
    }

    private static TestRecord<byte[], byte[]> bare() {
        return new TestRecord<>(text("v1"), Clicked.CODEC.encode(GOOD), new RecordHeaders(), NOON);
    }

    private static TestRecord<byte[], byte[]> nullHeader() {
        TestRecord<byte[], byte[]> record = record("v1", Clicked.CODEC.encode(GOOD));
        record.headers().remove("ce_type").add("ce_type", null);
        return record;
    }
}
