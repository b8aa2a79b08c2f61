package io.millrace.monitoring.ingest;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is stored: what its headers say, as far as they say it, whatever its type.
 *
 * @param type stable name; {@code unknown} where the record names none
 * @param time when the fact happened; the record's own time where it does not say
 * @param orderId the correlation id where it has an order id's form
 * @param data JSON as it was sent
 */
public record StoredEvent(
        @Nullable String key,
        @Nullable String id,
        String type,
        @Nullable String source,
        Instant time,
        @Nullable String subject,
        @Nullable Long sequence,
        @Nullable String correlationId,
        Optional<UUID> orderId,
        @Nullable String causationId,
        @Nullable String traceId,
        String data) {}
