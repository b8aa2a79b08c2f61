package io.millrace.messaging.consumer;

import io.millrace.events.Envelope;
import io.millrace.messaging.Causes;
import io.millrace.messaging.Message;
import io.millrace.telemetry.trace.Span;
import io.millrace.telemetry.trace.TraceContext;
import io.millrace.telemetry.trace.Tracer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The traces of the events a group consumes: what they lead to joins them, and those that are recorded get a span each,
 * which lasts as long as the whole batch does.
 */
final class ConsumedTraces {

    private final Tracer tracer;
    private final String group;

    ConsumedTraces(Tracer tracer, String group) {
        this.tracer = tracer;
        this.group = group;
    }

    /** Processes a batch; what that throws is thrown on, and the spans say so. */
    void during(List<Message<?>> messages, Runnable work) {
        Map<UUID, String> traceparents = new HashMap<>();
        List<Span> spans = new ArrayList<>();
        for (Message<?> message : messages) {
            Envelope envelope = message.envelope();
            String traceparent = envelope.traceparent();
            if (traceparent != null) {
                TraceContext context = TraceContext.parse(traceparent).orElse(null);
                if (context != null && context.sampled()) {
                    Span span = span(context, message, messages.size());
                    spans.add(span);
                    traceparent = span.context().traceparent();
                }
                traceparents.put(envelope.id(), traceparent);
            }
        }
        boolean done = false;
        try {
            Causes.during(traceparents, work);
            done = true;
        } finally {
            for (Span span : spans) {
                (done ? span : span.failed("the batch failed")).end();
            }
        }
    }

    private Span span(TraceContext cause, Message<?> message, int batch) {
        return tracer.consume(cause, message.topic().name())
                .attribute("messaging.destination.partition.id", Integer.toString(message.partition()))
                .attribute("messaging.kafka.offset", message.offset())
                .attribute("messaging.consumer.group.name", group)
                .attribute("messaging.batch.message_count", batch)
                .attribute("messaging.message.id", message.envelope().id().toString())
                .attribute("eventType", message.envelope().type())
                .attribute("orderId", message.envelope().correlationId());
    }
}
