package io.millrace.monitoring.console.web;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** What the stand-in says: of a busy shop, and with text that would do harm if it were taken for markup. */
final class Samples {

    static final UUID ORDER = UUID.fromString("0198c5d2-7e1b-7c3a-9f60-3b1f0a5c2d4e");
    static final String HOSTILE =
            "<img src=x onerror=\"window.harmed=true\"><script>window.harmed=true</script> &amp; ${x}";

    private Samples() {}

    static Map<String, Object> summary() {
        Instant now = Instant.now();
        Map<String, Object> summary = row("at", now, "uptimeSeconds", 5_400);
        summary.put(
                "services",
                List.of(
                        service("order-service", "1", true, now),
                        service("inventory-service", "1", true, now),
                        service("fraud-service", "1", true, now),
                        service("recommendation-service", "1", true, now),
                        service("monitoring-service", "1", true, now),
                        service("inventory-service", "2", false, now.minusSeconds(95))));
        Map<String, Object> orders = row("minutes", minutes(now));
        orders.put(
                "rejections",
                List.of(row("reason", "OUT_OF_STOCK", "count", 61), row("reason", "PAYMENT_DECLINED", "count", 24)));
        orders.put("confirmedSeconds", row("p50", 0.184, "p99", 1.21));
        summary.put("orders", orders);
        summary.put(
                "lag",
                List.of(
                        lag("fraud-service.scoring", "transaction.events.v1", 12, "consuming"),
                        lag("inventory-service.reserve-stock", "order.events.v1", 4, "consuming"),
                        lag("order-service.stock-answers", "inventory.reservations.v1", 0, "consuming"),
                        lag("order-service.fraud-answers", "fraud.decisions.v1", 0, "consuming"),
                        lag("recommendation-service.sessions", "clickstream.events.v1", 1_284, "stopped")));
        summary.put("outbox", List.of(outbox("order-service", 3, 0.04), outbox("inventory-service", 0, 0)));
        summary.put(
                "deadLetters",
                List.of(row(
                        "topic",
                        "inventory-service.reserve-stock.order.events.v1.dlt",
                        "records",
                        2,
                        "newestAt",
                        now.minusSeconds(400))));
        summary.put(
                "errors", List.of(error(now, HOSTILE), error(now.minusSeconds(33), "payment provider answered 500")));
        summary.put("telemetry", row("logsPerSecond", 41.7, "metricsPerSecond", 312.0, "dropped", 0));
        return summary;
    }

    static Map<String, Object> journey() {
        Instant start = Instant.parse("2026-03-01T10:15:30.120Z");
        Map<String, Object> journey = row("orderId", ORDER, "startedAt", start, "endedAt", start.plusMillis(231));
        journey.put(
                "events",
                List.of(
                        event("order.events.v1", "order.placed", "order-service", start, 0),
                        event("transaction.events.v1", "transaction.initiated", "order-service", start, 0),
                        event(
                                "inventory.reservations.v1",
                                "stock.reserved",
                                "inventory-service",
                                start.plusMillis(74),
                                74),
                        event("fraud.decisions.v1", "fraud.approved", "fraud-service", start.plusMillis(120), 46),
                        event("order.events.v1", "order.confirmed", "order-service", start.plusMillis(231), 111)));
        journey.put("logs", logs(0, 3));
        return journey;
    }

    /** Lines, the first of which is hostile in every field that people or programs fill in. */
    static List<Map<String, Object>> logs(int from, int to) {
        Instant newest = Instant.parse("2026-03-01T10:15:31Z");
        return IntStream.range(from, to)
                .mapToObj(number -> log(number, newest.minusMillis(number * 37L)))
                .toList();
    }

    static Map<String, Object> row(Object... namesAndValues) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return row;
    }

    private static Map<String, Object> log(int number, Instant time) {
        boolean hostile = number == 0;
        Map<String, Object> line = row("id", String.valueOf(number), "time", time);
        line.put("severity", number % 7 == 0 ? "ERROR" : number % 5 == 0 ? "WARN" : "INFO");
        line.put("service", "order-service");
        line.put("instance", "1");
        line.put("logger", hostile ? HOSTILE : "io.millrace.order.ordering.Ordering");
        line.put("message", hostile ? HOSTILE : "line " + number);
        line.put("orderId", ORDER);
        line.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
        line.put(
                "exception",
                hostile ? "java.lang.IllegalStateException: " + HOSTILE + "\n\tat a.b.C.d(C.java:7)" : null);
        line.put("attributes", hostile ? row(HOSTILE, HOSTILE) : Map.of());
        return line;
    }

    private static Map<String, Object> event(String topic, String type, String source, Instant time, int since) {
        Map<String, Object> event = row("topic", topic, "partition", 3, "offset", 4_711, "id", UUID.randomUUID());
        event.putAll(row("type", type, "source", source, "time", time, "sincePreviousMillis", since, "sequence", 1));
        event.put("causationId", null);
        event.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
        event.put("data", row("orderId", ORDER, "note", HOSTILE));
        return event;
    }

    private static List<Map<String, Object>> minutes(Instant now) {
        Instant last = now.truncatedTo(ChronoUnit.MINUTES);
        List<Map<String, Object>> minutes = new ArrayList<>();
        for (int ago = 59; ago >= 0; ago--) {
            int wave = (int) (120 + 40 * Math.sin(ago / 7.0) + ago % 5 * 6);
            minutes.add(row(
                    "minute",
                    last.minus(ago, ChronoUnit.MINUTES),
                    "placed",
                    wave,
                    "confirmed",
                    wave * 88 / 100,
                    "rejected",
                    wave * 7 / 100,
                    "expired",
                    ago == 22 ? 9 : 0,
                    "held",
                    wave * 4 / 100));
        }
        return minutes;
    }

    private static Map<String, Object> service(String name, String instance, boolean up, Instant seen) {
        return row("name", name, "instance", instance, "up", up, "lastSeen", seen);
    }

    private static Map<String, Object> lag(String group, String topic, int records, String state) {
        return row("group", group, "topic", topic, "records", records, "state", state);
    }

    private static Map<String, Object> outbox(String service, int waiting, double oldest) {
        return row("service", service, "waiting", waiting, "oldestSeconds", oldest);
    }

    private static Map<String, Object> error(Instant time, String message) {
        Map<String, Object> error = row("time", time, "service", "order-service", "severity", "ERROR");
        error.putAll(row("message", message, "traceId", null, "orderId", ORDER));
        return error;
    }
}
