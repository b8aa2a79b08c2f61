package io.millrace.telemetry.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.telemetry.ship.Attributes;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class TracerTest {

    private static final UUID ORDER = UUID.fromString("0198f3a0-1111-7222-8333-444455556666");
    private static final String CLIENTS = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final List<io.opentelemetry.proto.trace.v1.Span> recorded = new ArrayList<>();
    private final Tracer all = new Tracer(1, recorded::add, InstantSource.system());

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    @Test
    void givesAnOrderTheTraceOfItsId() {
        TraceContext context = all.of(ORDER);

        assertThat(context.traceId()).isEqualTo("0198f3a0111172228333444455556666");
        assertThat(new Tracer(1, null, InstantSource.system()).of(ORDER)).isEqualTo(context);
        assertThat(all.of("SKU-1")).isEmpty();
    }

    @Test
    void recordsARequestThatPlacedAnOrderInTheOrdersTrace() {
        Span span = all.server("POST", null);
        CurrentSpan.<RuntimeException, RuntimeException>during(span, () -> {
            CurrentSpan.isAbout(ORDER);
            assertThat(MDC.get("trace_id")).isEqualTo(all.of(ORDER).traceId());
            assertThat(CurrentSpan.inheritedTraceparent()).isNull();
        });
        span.name("POST /api/orders")
                .attribute("http.response.status_code", 201)
                .end();

        assertThat(MDC.get("trace_id")).isNull();
        assertThat(recorded).singleElement().satisfies(one -> {
            assertThat(hex(one.getTraceId())).isEqualTo(all.of(ORDER).traceId());
            assertThat(hex(one.getSpanId())).isEqualTo(all.of(ORDER).spanHex());
            assertThat(one.getParentSpanId()).isEqualTo(ByteString.EMPTY);
            assertThat(one.getName()).isEqualTo("POST /api/orders");
            assertThat(one.getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
            assertThat(one.getEndTimeUnixNano()).isGreaterThanOrEqualTo(one.getStartTimeUnixNano());
            assertThat(one.getAttributesList())
                    .contains(
                            Attributes.of("orderId", ORDER.toString()),
                            Attributes.of("http.response.status_code", 201));
        });
    }

    @Test
    void followsTheTraceAClientBrings() {
        Span span = all.server("POST", CLIENTS);
        span.isAbout(ORDER);
        span.end();

        assertThat(span.isInherited()).isTrue();
        assertThat(recorded).singleElement().satisfies(one -> {
            assertThat(hex(one.getTraceId())).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
            assertThat(hex(one.getParentSpanId())).isEqualTo("00f067aa0ba902b7");
            assertThat(hex(one.getSpanId())).isEqualTo(span.context().spanHex()).isNotEqualTo("00f067aa0ba902b7");
        });
    }

    @Test
    void remembersWhichTraceAnOrderIsIn() {
        TraceContext client = TraceContext.parse(CLIENTS).orElseThrow();
        all.follow(ORDER.toString(), client);
        all.follow("SKU-1", client);

        assertThat(all.of(ORDER.toString())).contains(client);
        assertThat(all.of("SKU-1")).isEmpty();
    }

    @Test
    void remembersNoMoreOrdersThanItMay() {
        TraceContext client = TraceContext.parse(CLIENTS).orElseThrow();
        all.follow(ORDER.toString(), client);

        for (int i = 0; i < Tracer.REMEMBERED; i++) {
            all.follow(new UUID(1, i).toString(), client);
        }

        assertThat(all.of(ORDER.toString())).contains(all.of(ORDER));
        assertThat(all.of(new UUID(1, 0).toString())).contains(client);
    }

    @Test
    void letsNoClientDecideWhatIsRecorded() {
        Tracer none = new Tracer(0, recorded::add, InstantSource.system());

        none.server("POST", CLIENTS).end();
        assertThat(recorded).isEmpty();
        all.server("POST", CLIENTS.replace("-01", "-00")).end();
        assertThat(recorded).hasSize(1);
    }

    /** One trace id sent again and again: whoever finds one that is recorded could else have every request recorded. */
    @Test
    void recordsAboutAsManyRequestsOfAClientsTraceAsAsked() {
        Tracer tenth = new Tracer(10, recorded::add, InstantSource.system());

        for (int i = 0; i < 10_000; i++) {
            Span span = tenth.server("POST", CLIENTS);
            assertThat(span.context().traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
            span.end();
        }

        assertThat(recorded).hasSizeBetween(800, 1_200);
    }

    @Test
    void recordsAboutAsManyTracesAsAsked() {
        Tracer tenth = new Tracer(10, recorded::add, InstantSource.system());

        long sampled = 0;
        for (int i = 0; i < 10_000; i++) {
            // ids of one millisecond, which differ in their last bits only
            sampled += tenth.of(new UUID(0x0198f3a011117000L, 0x8000000000000000L + i))
                            .sampled()
                    ? 1
                    : 0;
        }

        assertThat(sampled).isBetween(800L, 1_200L);
    }

    @Test
    void recordsASpanBelowItsCause() {
        TraceContext cause = all.of(ORDER);
        Span span = all.consume(cause, "order.events.v1").failed("no such order");
        span.end();

        assertThat(recorded).singleElement().satisfies(one -> {
            assertThat(hex(one.getParentSpanId())).isEqualTo(cause.spanHex());
            assertThat(one.getName()).isEqualTo("consume order.events.v1");
            assertThat(one.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
            assertThat(one.getStatus().getMessage()).isEqualTo("no such order");
        });
        assertThat(span.context().isOfTrace(cause)).isTrue();
    }

    @Test
    void recordsNothingWithoutATrace() {
        all.client(null, "GET /payments").end();
        Tracer.off().server("GET", CLIENTS).end();

        assertThat(recorded).isEmpty();
    }
}
