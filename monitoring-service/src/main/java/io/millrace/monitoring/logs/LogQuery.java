package io.millrace.monitoring.logs;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What is looked for; what is empty does not matter.
 *
 * @param text stands anywhere in message or exception; upper and lower case of ASCII letters are the same
 * @param level at least so severe
 * @param from not before
 * @param to before
 * @param after behind this position, that is, older
 * @param limit most lines, at least 1
 */
public record LogQuery(
        Optional<String> text,
        Optional<String> service,
        Level level,
        Optional<UUID> orderId,
        Optional<String> traceId,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<LogPosition> after,
        int limit) {

    /** Everything about an order. */
    public static LogQuery ofOrder(UUID orderId, int limit) {
        return new LogQuery(
                Optional.empty(),
                Optional.empty(),
                Level.TRACE,
                Optional.of(orderId),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }

    /** The newest of a level. */
    public static LogQuery newest(Level level, int limit) {
        return new LogQuery(
                Optional.empty(),
                Optional.empty(),
                level,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }
}
