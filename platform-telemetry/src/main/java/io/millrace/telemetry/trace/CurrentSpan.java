package io.millrace.telemetry.trace;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The span of the request that the calling thread answers; log lines of the thread bear its ids meanwhile. */
public final class CurrentSpan {

    /** Key of the trace's id in the logging context. */
    public static final String TRACE_ID = "trace_id";

    /** Key of the span's id in the logging context. */
    public static final String SPAN_ID = "span_id";

    private static final ThreadLocal<@Nullable Span> CURRENT = new ThreadLocal<>();

    private CurrentSpan() {}

    /** What is to be done may throw what it likes. */
    @FunctionalInterface
    public interface Work<E1 extends Exception, E2 extends Exception> {
        /** Does it. */
        void run() throws E1, E2;
    }

    /** Does something within a span. */
    public static <E1 extends Exception, E2 extends Exception> void during(Span span, Work<E1, E2> work) throws E1, E2 {
        CURRENT.set(span);
        tellLogs(span);
        try {
            work.run();
        } finally {
            CURRENT.remove();
            MDC.remove(TRACE_ID);
            MDC.remove(SPAN_ID);
        }
    }

    /** The span; empty where no request is answered. */
    public static Optional<Span> get() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** What is to be passed on in a header, or kept with what the request leads to; null where there is nothing. */
    public static @Nullable String traceparent() {
        Span span = CURRENT.get();
        return span == null ? null : span.context().traceparent();
    }

    /** The same, but only where the client brought a trace: one that began here becomes that of the order it leads to. */
    public static @Nullable String inheritedTraceparent() {
        Span span = CURRENT.get();
        return span == null || !span.isInherited() ? null : span.context().traceparent();
    }

    /** The request turns out to be about an order. */
    public static void isAbout(UUID orderId) {
        Span span = CURRENT.get();
        if (span != null) {
            span.isAbout(orderId);
            tellLogs(span);
        }
    }

    private static void tellLogs(Span span) {
        MDC.put(TRACE_ID, span.context().traceId());
        MDC.put(SPAN_ID, span.context().spanHex());
    }
}
