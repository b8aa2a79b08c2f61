package io.millrace.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.streams.SampleTopology.Names;
import io.millrace.testing.kafka.TopologyDriver;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PoisonGuardTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Names NAMES = new Names("orders.v1", "answers.v1", "sample.group.orders.v1.dlt");

    private Throwable failure = new IllegalArgumentException("no such thing", new IllegalStateException("nor that"));
    private Throwable storeFailure = new AssertionError("nothing is refused");
    private final AtomicInteger setAside = new AtomicInteger();
    private final TopologyDriver driver = new TopologyDriver(
            "sample.group",
            SampleTopology.of(
                    NAMES,
                    value -> value.equals("poison") ? fail(failure) : value,
                    value -> {
                        if (value.equals("unkept")) {
                            fail(storeFailure);
                        }
                    },
                    setAside::incrementAndGet));

    @AfterEach
    void close() {
        driver.close();
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalArgumentException("no such thing"),
                new ExceptionInInitializerError("a class that can't be had"),
                new AssertionError("impossible"),
                new StackOverflowError());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void setsPoisonAsideAndGoesOn(Throwable thrown) {
        failure = thrown;
        driver.pipe(NAMES.from(), record("first"));
        driver.pipe(NAMES.from(), record("poison"));
        driver.pipe(NAMES.from(), record("second"));

        assertThat(driver.written(NAMES.to()))
                .extracting(PoisonGuardTest::value)
                .containsExactly("first", "second");
        assertThat(driver.written(NAMES.deadLetters()))
                .singleElement()
                .satisfies(letter -> assertThat(header(letter, "dlt_exception"))
                        .isEqualTo(thrown.getClass().getName()));
        assertThat(setAside).hasValue(1);
    }

    @Test
    void keepsWhatItSetsAsideAndSaysWhereItStoodAndWhy() {
        driver.pipe(NAMES.from(), record("first"));
        driver.pipe(NAMES.from(), record("poison"));

        TestRecord<byte[], byte[]> letter = driver.written(NAMES.deadLetters()).getFirst();
        assertThat(letter.key()).isEqualTo(bytes("key"));
        assertThat(letter.value()).isEqualTo(bytes("poison"));
        assertThat(letter.getRecordTime()).isEqualTo(Instant.parse(header(letter, "dlt_failed_at")));
        assertThat(List.of(
                        "own", "dlt_group", "dlt_topic", "dlt_partition", "dlt_offset", "dlt_timestamp", "dlt_cause"))
                .extracting(name -> header(letter, name))
                .containsExactly(
                        "of the record",
                        "sample.group",
                        "orders.v1",
                        "0",
                        "1",
                        Long.toString(NOON.toEpochMilli()),
                        "java.lang.IllegalArgumentException: no such thing; caused by java.lang.IllegalStateException: nor that");
    }

    @Test
    void leavesAMachineThatIsOutOfMemoryToTheStream() {
        failure = new OutOfMemoryError("none left");

        assertThatThrownBy(() -> driver.pipe(NAMES.from(), record("poison"))).isSameAs(failure);
        assertThat(driver.written(NAMES.deadLetters())).isEmpty();
        assertThat(setAside).hasValue(0);
    }

    @Test
    void leavesAFailureOfTheStoreToTheStream() {
        storeFailure = new IllegalStateException("the store is closed");

        assertThatThrownBy(() -> driver.pipe(NAMES.from(), record("unkept")))
                .isInstanceOf(StreamsException.class)
                .hasRootCause(storeFailure);
        assertThat(driver.written(NAMES.deadLetters())).isEmpty();
    }

    private static String fail(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    private static TestRecord<byte[], byte[]> record(String value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("own", bytes("of the record"));
        return new TestRecord<>(bytes("key"), bytes(value), headers, NOON);
    }

    private static String value(TestRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
