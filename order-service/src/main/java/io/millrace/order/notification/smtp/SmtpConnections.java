package io.millrace.order.notification.smtp;

import io.millrace.order.notification.NotificationProperties;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to the mail server, kept for the next mail: as many as mails are sent at the same time, newest used first.
 *
 * <p>One that has rested is asked for a sign of life before it is used, one that has rested for long is not used any more. One
 * that has failed is closed.
 */
final class SmtpConnections implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SmtpConnections.class);
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(1);
    /** Below the minute after which many a server hangs up. */
    private static final Duration KEPT_FOR = Duration.ofSeconds(30);

    private final Session session;
    private final NotificationProperties properties;
    private final ConcurrentLinkedDeque<Resting> resting = new ConcurrentLinkedDeque<>();
    private final ScheduledExecutorService writeLimits;
    private volatile boolean closed;

    private record Resting(Transport transport, long since) {}

    /** What is done with a connection. */
    @FunctionalInterface
    interface Use {
        void with(Transport transport) throws MessagingException;
    }

    SmtpConnections(NotificationProperties properties) {
        this.properties = properties;
        this.writeLimits = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("smtp-write-limits").daemon().factory());
        this.session = Session.getInstance(settings());
    }

    private Properties settings() {
        String millis = String.valueOf(properties.timeout().toMillis());
        Properties settings = new Properties();
        settings.put("mail.smtp.host", properties.host());
        settings.put("mail.smtp.port", String.valueOf(properties.port()));
        settings.put("mail.smtp.localhost", properties.domain());
        settings.put("mail.smtp.from", properties.from());
        settings.put("mail.smtp.connectiontimeout", millis);
        settings.put("mail.smtp.timeout", millis);
        settings.put("mail.smtp.writetimeout", millis);
        settings.put("mail.smtp.executor.writetimeout", writeLimits);
        settings.put("mail.smtp.auth", String.valueOf(!properties.username().isEmpty()));
        settings.put("mail.smtp.starttls.enable", String.valueOf(properties.starttls()));
        settings.put("mail.smtp.starttls.required", String.valueOf(properties.starttls()));
        settings.put("mail.smtp.ssl.checkserveridentity", "true");
        // QUIT is not waited for: the connection is closed either way.
        settings.put("mail.smtp.quitwait", "false");
        return settings;
    }

    Session session() {
        return session;
    }

    /** Uses a kept connection, or a new one. */
    void with(Use use) throws MessagingException {
        Transport transport = rested();
        if (transport == null) {
            transport = connect();
        }
        boolean well = false;
        try {
            use.with(transport);
            well = true;
        } finally {
            // After a refusal the connection would do, but a new one costs little and is surely without a rest of the
            // last.
            if (well && !closed) {
                resting.push(new Resting(transport, System.nanoTime()));
            } else {
                hangUp(transport);
            }
        }
    }

    private Transport connect() throws MessagingException {
        Transport transport = session.getTransport("smtp");
        try {
            transport.connect(
                    properties.host(),
                    properties.port(),
                    properties.username().isEmpty() ? null : properties.username(),
                    properties.password().isEmpty() ? null : properties.password());
            return transport;
        } catch (MessagingException e) {
            hangUp(transport);
            throw e;
        }
    }

    private @Nullable Transport rested() {
        for (Resting next = resting.poll(); next != null; next = resting.poll()) {
            long rest = System.nanoTime() - next.since;
            boolean usable =
                    rest < KEPT_FOR.toNanos() && (rest < TRUSTED_FOR.toNanos() || next.transport.isConnected());
            if (usable) {
                return next.transport;
            }
            hangUp(next.transport);
        }
        return null;
    }

    private static void hangUp(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            log.debug("a connection did not close cleanly", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Resting next = resting.poll(); next != null; next = resting.poll()) {
            hangUp(next.transport);
        }
        writeLimits.shutdownNow();
    }
}
