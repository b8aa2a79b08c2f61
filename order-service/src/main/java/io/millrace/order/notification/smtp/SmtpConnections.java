package io.millrace.order.notification.smtp;

import io.millrace.order.notification.NotificationProperties;
import io.millrace.order.notification.smtp.TimeLimits.Limit;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.URLName;
import jakarta.mail.util.StreamProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to the mail server, kept for the next mail: as many as mails are sent at the same time, newest used first.
 *
 * <p>One that has rested is asked for a sign of life before it is used, one that has rested for long is not used any more. One
 * that has failed is closed. Whatever the server does, an exchange ends within {@link NotificationProperties#longestWork}.
 */
final class SmtpConnections implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SmtpConnections.class);
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(1);
    /** Below the minute after which many a server hangs up. */
    private static final Duration KEPT_FOR = Duration.ofSeconds(30);

    static {
        // Jakarta Mail asks for this several times for each mail, and searches the whole class path each time unless
        // told.
        System.setProperty(StreamProvider.class.getName(), MailStreamProvider.class.getName());
    }

    private final Session session;
    private final NotificationProperties properties;
    private final ConcurrentLinkedDeque<Resting> resting = new ConcurrentLinkedDeque<>();
    private final TimeLimits limits = new TimeLimits();
    private volatile boolean closed;

    private record Connection(SMTPTransport transport, Socket socket) {}

    private record Resting(Connection connection, long since) {}

    /** What is done with a connection. */
    @FunctionalInterface
    interface Use {
        void with(Transport transport) throws MessagingException;
    }

    SmtpConnections(NotificationProperties properties) {
        this.properties = properties;
        this.session = Session.getInstance(settings(), properties.username().isEmpty() ? null : new Login(properties));
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.put("mail.smtp.host", properties.host());
        settings.put("mail.smtp.port", String.valueOf(properties.port()));
        settings.put("mail.smtp.localhost", properties.domain());
        settings.put("mail.smtp.from", properties.from());
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
        try (Limit limit = limits.begin(properties.longestWork())) {
            Connection connection = rested(limit);
            if (connection == null) {
                connection = connect(limit);
            }
            boolean well = false;
            try {
                use.with(connection.transport);
                well = limit.lift();
            } finally {
                // After a refusal the connection would do, but a new one costs little and is surely without a rest of
                // the
                // last.
                if (well && !closed) {
                    resting.push(new Resting(connection, System.nanoTime()));
                } else {
                    hangUp(connection);
                }
            }
        }
    }

    private Connection connect(Limit limit) throws MessagingException {
        Socket socket = new Socket();
        Connection connection = new Connection(
                new SMTPTransport(session, new URLName("smtp", properties.host(), properties.port(), null, null, null)),
                socket);
        boolean well = false;
        try {
            limit.on(socket);
            int millis = Math.toIntExact(properties.timeout().toMillis());
            socket.connect(new InetSocketAddress(properties.host(), properties.port()), millis);
            socket.setSoTimeout(millis);
            connection.transport.connect(socket);
            well = true;
            return connection;
        } catch (IOException e) {
            throw new MessagingException("the mail server can't be reached", e);
        } finally {
            if (!well) {
                hangUp(connection);
            }
        }
    }

    private @Nullable Connection rested(Limit limit) {
        for (Resting next = resting.poll(); next != null; next = resting.poll()) {
            limit.on(next.connection.socket);
            long rest = System.nanoTime() - next.since;
            boolean usable = rest < KEPT_FOR.toNanos()
                    && (rest < TRUSTED_FOR.toNanos() || next.connection.transport.isConnected());
            if (usable) {
                return next.connection;
            }
            hangUp(next.connection);
        }
        return null;
    }

    private static void hangUp(Connection connection) {
        try (Socket _ = connection.socket) {
            connection.transport.close();
        } catch (MessagingException | IOException e) {
            log.debug("a connection did not close cleanly", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Resting next = resting.poll(); next != null; next = resting.poll()) {
            try (Limit limit = limits.begin(properties.timeout())) {
                limit.on(next.connection.socket);
                hangUp(next.connection);
            }
        }
        limits.close();
    }

    /** Asked for only when the server wants to know who is there. */
    private static final class Login extends Authenticator {

        private final NotificationProperties properties;

        Login(NotificationProperties properties) {
            this.properties = properties;
        }

        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(properties.username(), properties.password());
        }
    }
}
