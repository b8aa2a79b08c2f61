package io.millrace.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.events.catalogue.TelemetryTopics;
import io.millrace.monitoring.OpsApi.Answer;
import io.millrace.monitoring.telemetry.Otlp;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The spans of a trace. */
class TracesIT extends MonitoringIT {

    @Test
    void showsTheSpansOfATraceFromItsBeginning() {
        String trace = UUID.randomUUID().toString().replace("-", "");
        SHOP.send(
                TelemetryTopics.SPANS,
                Otlp.spans(
                        service,
                        span(trace, "b7ad6b7169203332", "second", now.plusMillis(3))
                                .setParentSpanId(Otlp.id("b7ad6b7169203331"))
                                .addAttributes(Otlp.text("peer", "provider"))
                                .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
                                .setEndTimeUnixNano(Otlp.nanos(now.plusMillis(5)))
                                .build(),
                        span(trace, "b7ad6b7169203331", "first", now).build(),
                        span(TRACE, "b7ad6b7169203331", "of another trace", now).build()));

        Answer found =
                await().atMost(SOON).until(() -> api.get("/api/ops/traces/" + trace), answer -> answer.status() == 200);
        assertThat(found.at("/traceId").asString()).isEqualTo(trace);
        assertThat(texts(found.at("/spans"), "name")).containsExactly("first", "second");
        assertThat(found.at("/spans/0/parentId").isNull()).isTrue();
        JsonNode second = found.at("/spans/1");
        assertThat(second.path("spanId").asString()).isEqualTo("b7ad6b7169203332");
        assertThat(second.path("parentId").asString()).isEqualTo("b7ad6b7169203331");
        assertThat(second.path("service").asString()).isEqualTo(service);
        assertThat(second.path("startedAt").asString())
                .isEqualTo(now.plusMillis(3).toString());
        assertThat(second.path("durationNanos").asLong()).isEqualTo(2_000_000);
        assertThat(second.path("failed").asBoolean()).isTrue();
        assertThat(second.at("/attributes/peer").asString()).isEqualTo("provider");
        assertThat(api.get("/api/ops/traces/" + trace.toUpperCase(Locale.ROOT)).status())
                .isEqualTo(200);
    }

    @Test
    void knowsNoTraceOfWhichNoSpanIsStored() {
        Answer answer = api.get("/api/ops/traces/" + "0".repeat(31) + "1");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.at("/code").asString()).isEqualTo("trace-not-found");
    }

    private static Span.Builder span(String trace, String id, String name, Instant start) {
        return Span.newBuilder()
                .setTraceId(Otlp.id(trace))
                .setSpanId(Otlp.id(id))
                .setName(name)
                .setStartTimeUnixNano(Otlp.nanos(start));
    }
}
