package io.millrace.telemetry.trace;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in a trace: what W3C Trace Context calls a {@code traceparent}.
 *
 * @param traceHigh first half of the trace's id
 * @param traceLow second half of it; not both are 0
 * @param spanId the span that is the parent of what follows; not 0
 * @param sampled whether the trace's spans are recorded
 */
public record TraceContext(long traceHigh, long traceLow, long spanId, boolean sampled) {

    private static final int LENGTH = 55;
    private static final HexFormat HEX = HexFormat.of();

    /** Refuses ids of nothing but zeros, which the standard gives no meaning. */
    public TraceContext {
        if ((traceHigh | traceLow) == 0 || spanId == 0) {
            throw new IllegalArgumentException("trace id and span id must not be 0");
        }
    }

    /** Reads a header's value; empty where it is missing or not as the standard writes it, which means: no trace. */
    public static Optional<TraceContext> parse(@Nullable String traceparent) {
        if (traceparent == null
                || traceparent.length() < LENGTH
                || traceparent.startsWith("ff")
                || (traceparent.length() > LENGTH
                        && (traceparent.startsWith("00") || traceparent.charAt(LENGTH) != '-'))) {
            return Optional.empty();
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = traceparent.charAt(i);
            boolean dash = i == 2 || i == 35 || i == 52;
            if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return Optional.empty();
            }
        }
        long high = HexFormat.fromHexDigitsToLong(traceparent, 3, 19);
        long low = HexFormat.fromHexDigitsToLong(traceparent, 19, 35);
        long span = HexFormat.fromHexDigitsToLong(traceparent, 36, 52);
        boolean sampled = (HexFormat.fromHexDigits(traceparent, 53, LENGTH) & 1) == 1;
        return (high | low) == 0 || span == 0
                ? Optional.empty()
                : Optional.of(new TraceContext(high, low, span, sampled));
    }

    /** The header's value. */
    public String traceparent() {
        return "00-" + traceId() + "-" + spanHex() + (sampled ? "-01" : "-00");
    }

    /** The trace's id, 32 hexadecimal digits. */
    public String traceId() {
        return HEX.toHexDigits(traceHigh) + HEX.toHexDigits(traceLow);
    }

    /** The span's id, 16 hexadecimal digits. */
    public String spanHex() {
        return HEX.toHexDigits(spanId);
    }

    /** The trace's id as OTLP holds it. */
    public ByteString traceBytes() {
        return ByteString.copyFrom(
                ByteBuffer.allocate(16).putLong(traceHigh).putLong(traceLow).flip());
    }

    /** The span's id as OTLP holds it. */
    public ByteString spanBytes() {
        return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(spanId).flip());
    }

    /** Another span of this trace. */
    public TraceContext at(long otherSpanId) {
        return new TraceContext(traceHigh, traceLow, otherSpanId, sampled);
    }

    TraceContext sampled(boolean recorded) {
        return new TraceContext(traceHigh, traceLow, spanId, recorded);
    }

    /** Whether both belong to one trace. */
    public boolean isOfTrace(TraceContext other) {
        return traceHigh == other.traceHigh && traceLow == other.traceLow;
    }
}
