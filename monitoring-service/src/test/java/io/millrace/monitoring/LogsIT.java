package io.millrace.monitoring;

import static io.millrace.monitoring.telemetry.Otlp.logs;
import static io.millrace.monitoring.telemetry.Otlp.text;
import static io.opentelemetry.proto.logs.v1.SeverityNumber.SEVERITY_NUMBER_DEBUG;
import static io.opentelemetry.proto.logs.v1.SeverityNumber.SEVERITY_NUMBER_ERROR;
import static io.opentelemetry.proto.logs.v1.SeverityNumber.SEVERITY_NUMBER_INFO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.events.catalogue.TelemetryTopics;
import io.millrace.monitoring.OpsApi.Answer;
import io.millrace.monitoring.telemetry.Otlp;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The search for log lines. */
class LogsIT extends MonitoringIT {

    @Test
    void findsLogsByWhatIsKnownOfThem() {
        log("Payment of 50% _failed_", SEVERITY_NUMBER_ERROR, text("orderId", order.toString()));
        log("payment of 505 failed", SEVERITY_NUMBER_INFO);
        log("nothing", SEVERITY_NUMBER_DEBUG, text("exception.stacktrace", "X: the payment broke\n at Y"));
        SHOP.send(
                TelemetryTopics.LOGS,
                logs(
                        service,
                        "1",
                        "logger",
                        Otlp.log(now, SEVERITY_NUMBER_INFO, "traced")
                                .setTraceId(Otlp.id("1".repeat(32)))
                                .build()));
        await().atMost(SOON).until(() -> found("service", service).size() == 4);

        assertThat(found("service", service, "text", "PAYMENT"))
                .containsExactlyInAnyOrder("Payment of 50% _failed_", "payment of 505 failed", "nothing");
        assertThat(found("service", service, "text", "50% _f")).containsExactly("Payment of 50% _failed_");
        assertThat(found("service", service, "text", "\\")).isEmpty();
        assertThat(found("service", service, "level", "ERROR")).containsExactly("Payment of 50% _failed_");
        assertThat(found("service", service, "level", "INFO")).hasSize(3);
        assertThat(found("service", service, "level", "DEBUG")).hasSize(4);
        assertThat(found("orderId", order)).containsExactly("Payment of 50% _failed_");
        assertThat(found("traceId", "1".repeat(32), "service", service)).containsExactly("traced");
        assertThat(found("service", service, "from", now.plusSeconds(60))).isEmpty();
        assertThat(found("service", service, "to", now.minusSeconds(60))).isEmpty();
        assertThat(found("service", service, "from", now.minusSeconds(60), "to", now.plusSeconds(60)))
                .hasSize(4);
        assertThat(found("service", "nobody")).isEmpty();
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(texts(api.get("/api/ops/summary").at("/errors"), "message"))
                                .contains("Payment of 50% _failed_"));
    }

    @Test
    void givesLogsPageByPageNewestFirst() {
        LogRecord[] records = IntStream.range(0, 25)
                .mapToObj(i -> Otlp.log(now.plusMillis(i / 3), SEVERITY_NUMBER_INFO, "line " + i) // some at one time
                        .build())
                .toArray(LogRecord[]::new);
        SHOP.send(TelemetryTopics.LOGS, logs(service, "1", "logger", records));
        await().atMost(SOON).until(() -> found("service", service).size() == 25);

        List<Instant> times = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            Answer page = cursor.isEmpty()
                    ? api.get("/api/ops/logs", "service", service, "limit", 10)
                    : api.get("/api/ops/logs", "service", service, "limit", 10, "cursor", cursor);
            assertThat(page.at("/items").size()).isLessThanOrEqualTo(10);
            texts(page.at("/items"), "time").forEach(time -> times.add(Instant.parse(time)));
            messages.addAll(texts(page.at("/items"), "message"));
            cursor = page.at("/nextCursor").asString("");
            pages++;
        } while (!cursor.isEmpty() && pages < 10);

        assertThat(pages).isEqualTo(3);
        assertThat(messages).hasSize(25).doesNotHaveDuplicates();
        assertThat(times).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void refusesTextThatIsTooLong() {
        assertThat(api.get("/api/ops/logs", "text", "x".repeat(201))
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("text");
    }

    private List<String> found(Object... parameters) {
        Answer answer = api.get("/api/ops/logs", parameters);
        assertThat(answer.status()).isEqualTo(200);
        return texts(answer.at("/items"), "message");
    }
}
