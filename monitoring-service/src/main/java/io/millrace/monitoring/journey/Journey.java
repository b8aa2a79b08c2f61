package io.millrace.monitoring.journey;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.monitoring.logs.LogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of an order.
 *
 * @param startedAt when the first of it happened
 * @param endedAt when the order was confirmed, rejected or expired; null while it was not
 * @param events in the order in which they led to each other
 * @param logs oldest first
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Journey(
        UUID orderId, Instant startedAt, @Nullable Instant endedAt, List<JourneyEvent> events, List<LogLine> logs) {

    /** Names of the events that decide an order, in the words of its owner. */
    private static final Set<String> ENDINGS = Set.of("order.confirmed", "order.rejected", "order.expired");

    /**
     * A journey of what was found.
     *
     * @param found the events in any order; one that was published twice stands here twice
     * @param logs oldest first; at least one of both is not empty
     */
    static Journey of(UUID orderId, List<JourneyEvent> found, List<LogLine> logs) {
        List<JourneyEvent> events = timed(ordered(once(found)));
        Instant started = events.isEmpty()
                ? logs.getFirst().time()
                : events.stream()
                        .map(JourneyEvent::time)
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
        Instant ended = events.stream()
                .filter(event -> ENDINGS.contains(event.type()))
                .map(JourneyEvent::time)
                .min(Comparator.naturalOrder())
                .orElse(null);
        return new Journey(orderId, started, ended, events, logs);
    }

    /** By time; but an event never stands before the one that caused it, whatever the clocks of two services said. */
    static List<JourneyEvent> ordered(List<JourneyEvent> events) {
        List<JourneyEvent> byTime = events.stream()
                .sorted(Comparator.comparing(JourneyEvent::time)
                        .thenComparing(event -> event.causationId() != null) // what began it comes first
                        .thenComparing(JourneyEvent::topic)
                        .thenComparingInt(JourneyEvent::partition)
                        .thenComparingLong(JourneyEvent::offset))
                .toList();
        Map<String, JourneyEvent> byId = new HashMap<>();
        byTime.forEach(event -> {
            if (event.id() != null) {
                byId.put(event.id(), event);
            }
        });
        Set<JourneyEvent> placed = new LinkedHashSet<>();
        for (JourneyEvent event : byTime) {
            List<JourneyEvent> causes = new ArrayList<>();
            JourneyEvent cause = event;
            // ends at the first cause that is placed, unknown, or met before: ids can be made to form a circle
            while (cause != null && !placed.contains(cause) && !causes.contains(cause)) {
                causes.add(cause);
                cause = cause.causationId() == null ? null : byId.get(cause.causationId());
            }
            placed.addAll(causes.reversed());
        }
        return List.copyOf(placed);
    }

    private static List<JourneyEvent> once(List<JourneyEvent> found) {
        Map<String, JourneyEvent> first = new LinkedHashMap<>();
        for (JourneyEvent event : found) {
            String key =
                    event.topic() + " " + (event.id() == null ? event.partition() + ":" + event.offset() : event.id());
            first.putIfAbsent(key, event);
        }
        return List.copyOf(first.values());
    }

    private static List<JourneyEvent> timed(List<JourneyEvent> ordered) {
        List<JourneyEvent> timed = new ArrayList<>(ordered.size());
        Instant previous = null;
        for (JourneyEvent event : ordered) {
            timed.add(event.since(previous));
            previous = event.time();
        }
        return timed;
    }
}
