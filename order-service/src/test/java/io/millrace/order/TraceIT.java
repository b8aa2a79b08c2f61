package io.millrace.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.events.catalogue.TelemetryTopics;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.fraud.FraudOutcome;
import io.millrace.telemetry.trace.TraceContext;
import io.millrace.testing.kafka.TopicProbe;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** One trace follows an order, from its placing over the outbox and the answers of others to its payment. */
class TraceIT extends OrderServiceContext {

    @Test
    void followsTheTraceTheClientBrought() {
        String trace = UUID.randomUUID().toString().replace("-", "");
        String traceparent = "00-" + trace + "-00f067aa0ba902b7-01";
        ByteString traceId = TraceContext.parse(traceparent).orElseThrow().traceBytes();
        try (TopicProbe events = TopicProbe.fromNow(Topics.ORDER_EVENTS.name());
                TopicProbe spans = TopicProbe.fromNow(TelemetryTopics.SPANS.name())) {
            String id = api.placeTraced(customer, OrderApi.newKey(), OrderApi.body("tea", 1, "tok_ok"), traceparent)
                    .id();
            OTHERS.reserve(id);
            OTHERS.score(id, FraudOutcome.APPROVE);
            awaitStatus(id, "CONFIRMED");

            for (String type : List.of("order.placed", "order.confirmed")) {
                assertThat(TopicProbe.header(events.await(found -> isOf(found, id, type)), "traceparent"))
                        .as(type)
                        .hasValueSatisfying(header -> assertThat(header).startsWith("00-" + trace));
            }
            Span placing = await(spans, traceId, "POST /api/orders");
            Span publishing = await(spans, traceId, "publish order.events.v1");
            assertThat(placing.getParentSpanId())
                    .isEqualTo(TraceContext.parse(traceparent).orElseThrow().spanBytes());
            assertThat(publishing.getParentSpanId()).isEqualTo(placing.getSpanId());
            await(spans, traceId, "publish transaction.events.v1");
            await(spans, traceId, "POST /payments");
        }
    }

    @Test
    void namesTheTraceAfterTheOrderWhereTheClientBroughtNone() {
        try (TopicProbe events = TopicProbe.fromNow(Topics.ORDER_EVENTS.name())) {
            String id = place("tea", 1, "tok_ok").id();
            OTHERS.reserve(id);
            OTHERS.score(id, FraudOutcome.APPROVE);
            awaitStatus(id, "CONFIRMED");

            for (String type : List.of("order.placed", "order.confirmed")) {
                assertThat(TopicProbe.header(events.await(found -> isOf(found, id, type)), "traceparent"))
                        .as(type)
                        .hasValueSatisfying(header -> assertThat(header).startsWith("00-" + id.replace("-", "") + "-"));
            }
        }
    }

    private static boolean isOf(ConsumerRecord<byte[], byte[]> found, String orderId, String type) {
        return isAbout(found, orderId)
                && TopicProbe.header(found, "ce_type").filter(type::equals).isPresent();
    }

    private static Span await(TopicProbe spans, ByteString traceId, String name) {
        return spans(spans.await(found -> spans(found).anyMatch(span -> isSpan(span, traceId, name))))
                .filter(span -> isSpan(span, traceId, name))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isSpan(Span span, ByteString traceId, String name) {
        return span.getTraceId().equals(traceId) && span.getName().equals(name);
    }

    private static Stream<Span> spans(ConsumerRecord<byte[], byte[]> found) {
        try {
            return ExportTraceServiceRequest.parseFrom(found.value()).getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not decodable", e);
        }
    }
}
