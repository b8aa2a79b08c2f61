package io.millrace.telemetry.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.millrace.telemetry.ship.BoundedQueue;
import io.millrace.telemetry.ship.Shipper;
import io.millrace.telemetry.ship.TelemetryProducer;
import io.millrace.telemetry.trace.Tracer;
import io.opentelemetry.proto.logs.v1.LogRecord;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * Puts every log line that reaches the root logger into the queue of log records. It never waits and never throws; what the
 * sending of telemetry itself logs, by this module or by its producer's thread, is left out, as every line would lead to
 * the next.
 */
public final class TelemetryAppender extends UnsynchronizedAppenderBase<ILoggingEvent> implements DisposableBean {

    private static final String NAME = "telemetry";
    private static final String OWN_LOGGERS = "io.millrace.telemetry.";

    private final BoundedQueue<LogRecord> queue;
    private final LogEncoder encoder;

    /** An appender that is not installed yet. */
    public TelemetryAppender(BoundedQueue<LogRecord> queue, Tracer tracer) {
        this.queue = queue;
        this.encoder = new LogEncoder(tracer);
        setName(NAME);
    }

    /** Installs it with the root logger, until it is destroyed; does nothing where another library than Logback logs. */
    public void install() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext logback) {
            setContext(logback);
            start();
            logback.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(this);
        }
    }

    @Override
    public void destroy() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            Logger root = logback.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            root.detachAppender(this);
        }
        stop();
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (isOfTelemetryItself(event) || queue.refuses()) {
            return;
        }
        try {
            queue.offer(encoder.encode(event));
        } catch (RuntimeException e) { // whatever a value's toString throws: the line is lost, not its writer
            queue.notEncoded();
        }
    }

    private static boolean isOfTelemetryItself(ILoggingEvent event) {
        String thread = event.getThreadName();
        return event.getLoggerName().startsWith(OWN_LOGGERS)
                || (thread != null && (thread.equals(Shipper.THREAD) || thread.startsWith(TelemetryProducer.THREAD)));
    }
}
