package io.millrace.web;

import static io.millrace.web.app.Shop.request;
import static io.millrace.web.app.Shop.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.telemetry.trace.TraceContext;
import io.millrace.web.app.Shop;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The span of a request, below that of the client that asks for it. */
class TraceTest {

    private final String trace = UUID.randomUUID().toString().replace("-", "");
    private final String traceparent = "00-" + trace + "-00f067aa0ba902b7-01";

    /** A span ends after its answer was sent. */
    private Span recorded() {
        TraceContext client = TraceContext.parse(traceparent).orElseThrow();
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        Shop.spans().stream().anyMatch(span -> span.getTraceId().equals(client.traceBytes())));
        Span found = Shop.spans().stream()
                .filter(span -> span.getTraceId().equals(client.traceBytes()))
                .findFirst()
                .orElseThrow();
        assertThat(found.getParentSpanId()).isEqualTo(client.spanBytes());
        return found;
    }

    private static Map<String, Object> attributes(Span span) {
        return span.getAttributesList().stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey,
                        pair -> pair.getValue().hasIntValue()
                                ? (Object) pair.getValue().getIntValue()
                                : pair.getValue().getStringValue()));
    }

    @Test
    void isNamedByTheRoute() {
        send(request("/header").header("X-Needed", "it").header("traceparent", traceparent));

        Span span = recorded();
        assertThat(span.getName()).isEqualTo("GET /header");
        assertThat(attributes(span))
                .containsEntry("http.request.method", "GET")
                .containsEntry("http.route", "/header")
                .containsEntry("http.response.status_code", 200L);
    }

    @Test
    void tellsOfARefusalToo() {
        send(request("/nothing/here").header("traceparent", traceparent));

        Span span = recorded();
        assertThat(span.getName()).isEqualTo("GET");
        assertThat(attributes(span)).containsEntry("http.response.status_code", 404L);
    }

    @Test
    void isNotMissedWhereTheHeaderIsNoTrace() {
        assertThat(send(request("/header").header("X-Needed", "it").header("traceparent", "no trace"))
                        .statusCode())
                .isEqualTo(200);
    }
}
