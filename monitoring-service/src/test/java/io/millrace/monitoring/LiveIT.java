package io.millrace.monitoring;

import static io.opentelemetry.proto.logs.v1.SeverityNumber.SEVERITY_NUMBER_ERROR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.monitoring.OpsApi.Answer;
import io.millrace.monitoring.OpsApi.Live;
import io.millrace.web.route.RouteRules;
import io.millrace.web.testing.AccessMatrix;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** How the platform is doing, live; and who may look. */
class LiveIT extends MonitoringIT {

    @Autowired
    private RouteRules routes;

    @Test
    void showsTheSummaryLive() {
        try (Live live = api.live()) {
            assertThat(live.status()).isEqualTo(200);
            assertThat(live.header("content-type")).startsWith("text/event-stream");
            assertThat(live.header("x-accel-buffering")).isEqualTo("no");
            Instant first = Instant.parse(live.next().path("at").asString());
            log("seen l\u00EFve", SEVERITY_NUMBER_ERROR);
            JsonNode next = live.next();
            Instant second = Instant.parse(next.path("at").asString());

            assertThat(Duration.between(first, second)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(3));
            assertThat(next.propertyNames())
                    .containsExactly(
                            "at",
                            "uptimeSeconds",
                            "services",
                            "orders",
                            "lag",
                            "lagAt",
                            "outbox",
                            "deadLetters",
                            "errors",
                            "telemetry");
            await().atMost(SOON)
                    .until(() -> texts(live.next().path("errors"), "message").contains("seen l\u00EFve"));
        }
    }

    @Test
    void letsOnlySoManyWatchAndEndsEachInTime() {
        await().atMost(SOON).until(this::canWatch); // those of other tests have gone
        List<Live> watching = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            watching.add(await().atMost(SOON).until(api::live, live -> live.status() == 200));
        }
        Answer refused = api.get("/api/ops/live");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.at("/code").asString()).isEqualTo("too-many-watchers");
        watching.forEach(live -> assertThat(live.next().has("at")).isTrue());
        watching.forEach(live -> assertThat(live.ends()).isTrue());
        await().atMost(SOON).until(this::canWatch);
    }

    @Test
    void letsInOnlyWhomItsRoutesName() throws Exception {
        await().atMost(SOON).until(this::canWatch);
        assertThat(new AccessMatrix(URI.create("http://127.0.0.1:" + port), ISSUER).violations(routes))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/ops/journeys/one, orderId",
        "/api/ops/logs?level=LOUD, level",
        "/api/ops/logs?orderId=1, orderId",
        "/api/ops/logs?traceId=xyz, traceId",
        "/api/ops/logs?from=yesterday, from",
        "/api/ops/logs?to=%2B999999999-01-01T00:00:00Z, to",
        "/api/ops/logs?limit=0, limit",
        "/api/ops/logs?limit=201, limit",
        "/api/ops/logs?cursor=b2Rk, cursor",
        "/api/ops/logs?text=a%00b, text",
        "/api/ops/logs?service=a%00b, service",
        "/api/ops/logs?level=INFO%00, level",
        "/api/ops/logs?from=%00, from",
        "/api/ops/logs?cursor=AA, cursor",
        "/api/ops/metrics/x?service=%00, service",
        "/api/ops/traces/xyz, traceId",
        "/api/ops/metrics/x?from=soon, from",
        "/api/ops/metrics/x?from=2026-01-01T00:00:00Z&to=2026-01-03T00:00:00Z, from"
    })
    void refusesParametersItCannotReadAndNamesThem(String path, String field) {
        Answer answer = api.get(path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/code").asString()).isEqualTo("invalid-request");
        assertThat(answer.at("/errors/0/field").asString()).isEqualTo(field);
    }

    private boolean canWatch() {
        try (Live live = api.live()) {
            return live.status() == 200;
        }
    }
}
