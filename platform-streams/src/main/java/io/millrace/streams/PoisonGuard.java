package io.millrace.streams;

import io.millrace.messaging.DeadLetterHeaders;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Sets a record aside that can't be worked with, by the same transaction that commits its offset, so that the next one is not
 * held up: its own key, bytes and headers, and beside them where it stood and why, under the header names of every other
 * consumer group's dead letters.
 */
public final class PoisonGuard {

    private final ProcessorContext<byte[], byte[]> context;
    private final String deadLetters;
    private final Runnable onDeadLetter;

    /**
     * @param deadLetters name of the sink, a child of the processor whose context this is
     * @param onDeadLetter called for each record set aside
     */
    public PoisonGuard(ProcessorContext<byte[], byte[]> context, String deadLetters, Runnable onDeadLetter) {
        this.context = context;
        this.deadLetters = deadLetters;
        this.onDeadLetter = onDeadLetter;
    }

    /**
     * Runs a computation that depends on the record and on state only: whatever it throws at this record, an Error
     * included, it throws again at every redelivery. So the record is set aside, and the answer is empty. Stores and
     * forwarding stay outside: their failures are the stream's.
     */
    public <T> Optional<T> compute(Record<byte[], byte[]> record, Supplier<T> computation) {
        try {
            return Optional.of(computation.get());
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failure) {
            context.forward(deadLetter(record, failure), deadLetters);
            onDeadLetter.run();
            return Optional.empty();
        }
    }

    /** Its time is when it was set aside, as retention counts from there. */
    private Record<byte[], byte[]> deadLetter(Record<byte[], byte[]> record, Throwable cause) {
        RecordMetadata from = context.recordMetadata().orElseThrow();
        long now = context.currentSystemTimeMs();
        Headers headers = DeadLetterHeaders.of(
                record.headers(),
                new DeadLetterHeaders.Place(from.topic(), from.partition(), from.offset(), record.timestamp()),
                context.applicationId(),
                cause,
                Instant.ofEpochMilli(now));
        return record.withHeaders(headers).withTimestamp(now);
    }
}
