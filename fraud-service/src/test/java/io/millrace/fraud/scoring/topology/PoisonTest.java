package io.millrace.fraud.scoring.topology;

import static io.millrace.fraud.scoring.Transactions.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.Envelope;
import io.millrace.events.order.TransactionInitiated;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

/** What can't be scored is set aside as it came, and what comes after it is scored. */
class PoisonTest {

    private static final TransactionInitiated GOOD = Initiated.by("c1", 4000, NOON);

    static Stream<Arguments> poison() {
        byte[] json = Initiated.CODEC.encode(GOOD);
        return Stream.of(
                Arguments.of("no key", record(null, json), "no key"),
                Arguments.of("tombstone", record("c1", null), "no value"),
                Arguments.of("empty", record("c1", new byte[0]), "payload is not a transaction.initiated"),
                Arguments.of(
                        "broken JSON", record("c1", text("{\"orderId\":")), "payload is not a transaction.initiated"),
                Arguments.of("JSON null", record("c1", text("null")), "JSON literal null"),
                Arguments.of("no fields", record("c1", text("{}")), "payload is not a transaction.initiated"),
                Arguments.of("a field missing", record("c1", replaced("paymentHash", "other")), "lacks a field"),
                Arguments.of("not even text", record("c1", new byte[] {0, -1, 7}), "payload is not"),
                Arguments.of("negative amount", record("c1", replaced("4000", "-1")), "amount must not be negative"),
                Arguments.of("no units", record("c1", replaced("\"unitCount\":2", "\"unitCount\":0")), "units"),
                Arguments.of("odd country", record("c1", replaced("\"GB\"", "\"gb\"")), "country"),
                Arguments.of("odd currency", record("c1", replaced("\"GBP\"", "\"pounds\"")), "currency"),
                Arguments.of("before 1970", record("c1", replaced("2026-03", "1969-03")), "after 1970"),
                Arguments.of("far ahead", record("c1", replaced("2026-03", "2126-03")), "ahead of its record"),
                Arguments.of("unknown type", typed("transaction.invented"), "carries no type"),
                Arguments.of("no headers", bare(), "header ce_"),
                Arguments.of("null header", nullHeader(), "header ce_"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("poison")
    void setsPoisonAsideAndGoesOn(String name, TestRecord<byte[], byte[]> poison, String cause) {
        try (ScoringDriver driver = new ScoringDriver()) {
            driver.pipe(Initiated.by("c2", 4000, NOON));
            driver.pipe(poison);
            driver.pipe(Initiated.by("c1", 4000, NOON));

            assertThat(driver.decisions()).hasSize(2);
            TestRecord<byte[], byte[]> deadLetter = driver.deadLetters().getFirst();
            assertThat(deadLetter.key()).isEqualTo(poison.key());
            assertThat(deadLetter.value()).isEqualTo(poison.value());
            assertThat(header(deadLetter, "dlt_cause")).contains(cause);
            for (Header header : poison.headers()) {
                assertThat(deadLetter.headers().headers(header.key())).contains(header);
            }
            assertThat(driver.counted("millrace.fraud.transactions.dead-lettered"))
                    .isEqualTo(1);
        }
    }

    @Test
    void isNotLedAstrayByAClockThatRunsAhead() {
        try (ScoringDriver driver = new ScoringDriver()) {
            driver.pipe(GOOD);
            driver.pipe(Initiated.record(
                    "c2",
                    Initiated.CODEC.encode(Initiated.by("c2", 4000, NOON.plus(Duration.ofDays(400)))),
                    Initiated.envelope(GOOD),
                    NOON));
            driver.pipe(Initiated.by("c1", 4000, NOON.plusSeconds(1)));

            assertThat(driver.histories().get("c1").recent()).hasSize(2);
            assertThat(driver.histories().get("c2")).isNull();
        }
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] replaced(String part, String by) {
        String json = new String(Initiated.CODEC.encode(GOOD), StandardCharsets.UTF_8);
        assertThat(json).contains(part);
        return text(json.replace(part, by));
    }

    private static TestRecord<byte[], byte[]> record(@Nullable String key, byte @Nullable [] value) {
        return Initiated.record(key, value, Initiated.envelope(GOOD), NOON);
    }

    private static TestRecord<byte[], byte[]> typed(String type) {
        Envelope envelope =
                new Envelope(UUID.randomUUID(), type, "order-service", NOON, "subject", 1, "correlation", null, null);
        return Initiated.record("c1", Initiated.CODEC.encode(GOOD), envelope, NOON);
    }

    private static TestRecord<byte[], byte[]> bare() {
        return new TestRecord<>(text("c1"), Initiated.CODEC.encode(GOOD), new RecordHeaders(), NOON);
    }

    private static TestRecord<byte[], byte[]> nullHeader() {
        TestRecord<byte[], byte[]> record = record("c1", Initiated.CODEC.encode(GOOD));
        record.headers().remove("ce_type").add("ce_type", null);
        return record;
    }
}
