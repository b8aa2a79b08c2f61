package io.millrace.messaging.consumer;

import io.millrace.events.Envelope;
import io.millrace.messaging.Causes;
import io.millrace.messaging.Message;
import io.millrace.telemetry.trace.Span;
import io.millrace.telemetry.trace.TraceContext;
import io.millrace.telemetry.trace.Tracer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The traces of the events a group consumes: what they lead to joins them, and those that are recorded get a span each,
 * which lasts as long as the whole batch does.
 *
 * <p>A batch that fails is tried again, as a whole or in parts, perhaps for hours while something is away. A span tells of an
 * event's first failure, another of the attempt that succeeds; those between say nothing more. Not thread-safe: one consumer's
 * thread uses it.
 */
final class ConsumedTraces {

    /** Records remembered to have failed; more than one poll holds, of which few are recorded. */
    static final int REMEMBERED = 1_000;

    private final Tracer tracer;
    private final String group;

    /** Whose failure has been told. */
    private final Map<Place, Boolean> failed = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Which record it is: one event may stand in a topic twice. */
    private record Place(String topic, int partition, long offset) {

        static Place of(Message<?> message) {
            return new Place(message.topic().name(), message.partition(), message.offset());
        }
    }

    ConsumedTraces(Tracer tracer, String group) {
        this.tracer = tracer;
        this.group = group;
    }

    /** Processes a batch; what that throws is thrown on, and the spans say so. */
    void during(List<Message<?>> messages, Runnable work) {
        Map<UUID, String> traceparents = new HashMap<>();
        Map<Place, Span> spans = new LinkedHashMap<>();
        for (Message<?> message : messages) {
            Envelope envelope = message.envelope();
            String traceparent = envelope.traceparent();
            if (traceparent != null) {
                TraceContext context = TraceContext.parse(traceparent).orElse(null);
                if (context != null && context.sampled()) {
                    Span span = span(context, message, messages.size());
                    spans.put(Place.of(message), span);
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
            if (done) {
                succeeded(spans);
            } else {
                failed(spans);
            }
        }
    }

    private void succeeded(Map<Place, Span> spans) {
        spans.forEach((place, span) -> {
            failed.remove(place);
            span.end();
        });
    }

    private void failed(Map<Place, Span> spans) {
        spans.forEach((place, span) -> {
            if (failed.putIfAbsent(place, true) == null) {
                span.failed("the batch failed").end();
            }
        });
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
