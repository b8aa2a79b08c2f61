package io.millrace.telemetry.trace;

import com.google.protobuf.ByteString;
import io.millrace.telemetry.ship.Attributes;
import io.millrace.telemetry.ship.Texts;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that takes time, as part of a trace. One that is not recorded costs its context and no more. Ended once; not
 * thread-safe, but may be ended by another thread than the one that began it.
 */
public final class Span {

    private static final int LONGEST_NAME = 256;
    private static final long NANOS = 1_000_000_000L;

    private final Tracer tracer;
    private final SpanKind kind;
    private final Map<String, Object> attributes = new LinkedHashMap<>(8);
    private final Instant begun;
    private final boolean inherited;
    private String name;
    private TraceContext context;
    private long parent;
    private @Nullable String failure;

    Span(Tracer tracer, String name, SpanKind kind, TraceContext context, long parent) {
        this.tracer = tracer;
        this.name = name;
        this.kind = kind;
        this.context = context;
        this.parent = parent;
        this.inherited = parent != 0;
        this.begun = tracer.clock().instant();
    }

    /** What is to be passed on to whatever happens because of this. */
    public TraceContext context() {
        return context;
    }

    /** Whether the trace began elsewhere: what happens is told under its id. */
    public boolean isInherited() {
        return inherited;
    }

    /** Whether it is recorded: what only describes it need not be found out otherwise. */
    public boolean isRecorded() {
        return tracer.records(context);
    }

    /** Another name than it began with, for what is only known later. */
    public Span name(String better) {
        name = better;
        return this;
    }

    /** Describes it. */
    public Span attribute(String key, String value) {
        return describe(key, value);
    }

    /** Describes it. */
    public Span attribute(String key, long value) {
        return describe(key, value);
    }

    /** It failed. */
    public Span failed(String reason) {
        failure = reason;
        return this;
    }

    /** It is about an order: a trace that began with it becomes the order's. */
    public void isAbout(UUID orderId) {
        if (!inherited) {
            context = tracer.of(orderId);
        }
        describe("orderId", orderId.toString());
    }

    /** Ends it. */
    public void end() {
        if (!isRecorded()) {
            return;
        }
        io.opentelemetry.proto.trace.v1.Span.Builder span = io.opentelemetry.proto.trace.v1.Span.newBuilder()
                .setTraceId(context.traceBytes())
                .setSpanId(context.spanBytes())
                .setName(Texts.fit(name, LONGEST_NAME))
                .setKind(kind)
                .setStartTimeUnixNano(nanos(begun))
                .setEndTimeUnixNano(nanos(tracer.clock().instant()));
        if (parent != 0) {
            span.setParentSpanId(
                    ByteString.copyFrom(ByteBuffer.allocate(8).putLong(parent).flip()));
        }
        attributes.forEach((key, value) -> span.addAttributes(Attributes.ofAny(key, value)));
        if (failure != null) {
            span.setStatus(Status.newBuilder()
                    .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                    .setMessage(Texts.fit(failure, LONGEST_NAME)));
        }
        tracer.ended(span.build());
    }

    private Span describe(String key, Object value) {
        // Kept although it may not be recorded: becoming an order's, it may be yet.
        attributes.put(key, value);
        return this;
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * NANOS + time.getNano();
    }
}
