package io.millrace.telemetry.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import com.google.protobuf.ByteString;
import io.millrace.telemetry.ship.Attributes;
import io.millrace.telemetry.ship.Texts;
import io.millrace.telemetry.trace.CurrentSpan;
import io.millrace.telemetry.trace.TraceContext;
import io.millrace.telemetry.trace.Tracer;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * A log line as an OTLP log record: the message is the body; {@code logger}, {@code thread}, the line's key-values, the
 * logging context and the exception are attributes. Every part is bounded, so a record takes 200 KiB at most.
 */
final class LogEncoder {

    private static final int LONGEST_BODY = 16 * 1024;
    private static final int LONGEST_STACK_TRACE = 16 * 1024;
    private static final int MOST_ATTRIBUTES = 32;
    private static final int MOST_CAUSES = 16;
    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;
    private static final long NANOS = 1_000_000_000L;
    private static final String ORDER_ID = "orderId";

    private final Tracer tracer;

    LogEncoder(Tracer tracer) {
        this.tracer = tracer;
    }

    LogRecord encode(ILoggingEvent event) {
        long time = nanos(event);
        LogRecord.Builder log = LogRecord.newBuilder()
                .setTimeUnixNano(time)
                .setObservedTimeUnixNano(time)
                .setSeverityNumber(severity(event.getLevel()))
                .setSeverityText(event.getLevel().levelStr)
                .setBody(AnyValue.newBuilder()
                        .setStringValue(Texts.fit(String.valueOf(event.getFormattedMessage()), LONGEST_BODY)))
                .addAttributes(Attributes.of("logger", event.getLoggerName()))
                .addAttributes(Attributes.of("thread", String.valueOf(event.getThreadName())));
        String orderId = addKeyValues(log, event.getKeyValuePairs());
        addContext(log, event.getMDCPropertyMap());
        if (log.getTraceId().isEmpty() && orderId != null) {
            tracer.of(orderId).map(TraceContext::traceBytes).ifPresent(log::setTraceId);
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            log.addAttributes(Attributes.of("exception.type", thrown.getClassName()))
                    .addAttributes(Attributes.of("exception.message", Objects.toString(thrown.getMessage(), "")))
                    .addAttributes(Attributes.of("exception.stacktrace", stackTrace(thrown), LONGEST_STACK_TRACE));
        }
        return log.build();
    }

    /** Returns the order the line is about, if it says. */
    private static @Nullable String addKeyValues(LogRecord.Builder log, @Nullable List<KeyValuePair> pairs) {
        if (pairs == null) {
            return null;
        }
        String orderId = null;
        for (KeyValuePair pair : pairs) {
            if (log.getAttributesCount() >= MOST_ATTRIBUTES) {
                break;
            }
            log.addAttributes(Attributes.ofAny(pair.key, pair.value));
            if (pair.key.equals(ORDER_ID)) {
                orderId = String.valueOf(pair.value);
            }
        }
        return orderId;
    }

    private static void addContext(LogRecord.Builder log, Map<String, String> context) {
        if (context.isEmpty()) {
            return;
        }
        log.setTraceId(id(context.get(CurrentSpan.TRACE_ID), TRACE_DIGITS));
        log.setSpanId(id(context.get(CurrentSpan.SPAN_ID), SPAN_DIGITS));
        context.forEach((key, value) -> {
            boolean isId = key.equals(CurrentSpan.TRACE_ID) || key.equals(CurrentSpan.SPAN_ID);
            if (!isId && log.getAttributesCount() < MOST_ATTRIBUTES) {
                log.addAttributes(Attributes.of(key, String.valueOf(value)));
            }
        });
    }

    private static ByteString id(@Nullable String digits, int length) {
        if (digits == null || digits.length() != length || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            return ByteString.EMPTY;
        }
        return ByteString.copyFrom(HexFormat.of().parseHex(digits));
    }

    private static SeverityNumber severity(Level level) {
        if (level.isGreaterOrEqual(Level.ERROR)) {
            return SeverityNumber.SEVERITY_NUMBER_ERROR;
        }
        if (level.isGreaterOrEqual(Level.WARN)) {
            return SeverityNumber.SEVERITY_NUMBER_WARN;
        }
        if (level.isGreaterOrEqual(Level.INFO)) {
            return SeverityNumber.SEVERITY_NUMBER_INFO;
        }
        return level.isGreaterOrEqual(Level.DEBUG)
                ? SeverityNumber.SEVERITY_NUMBER_DEBUG
                : SeverityNumber.SEVERITY_NUMBER_TRACE;
    }

    /** Written only as far as it is kept: a stack may be as deep as memory allows. */
    private static String stackTrace(IThrowableProxy thrown) {
        StringBuilder text = new StringBuilder();
        IThrowableProxy each = thrown;
        for (int causes = 0; each != null && causes < MOST_CAUSES; causes++) {
            text.append(causes == 0 ? "" : "\nCaused by: ").append(each.getClassName());
            if (each.getMessage() != null) {
                text.append(": ").append(Texts.fit(each.getMessage(), 1024));
            }
            var frames = each.getStackTraceElementProxyArray();
            for (int i = 0; i < frames.length - each.getCommonFrames(); i++) {
                text.append("\n\t").append(frames[i].getSTEAsString());
                if (text.length() > LONGEST_STACK_TRACE) {
                    return text.toString();
                }
            }
            each = each.getCause();
        }
        return text.toString();
    }

    private static long nanos(ILoggingEvent event) {
        Instant time = event.getInstant();
        return time == null ? event.getTimeStamp() * 1_000_000 : time.getEpochSecond() * NANOS + time.getNano();
    }
}
