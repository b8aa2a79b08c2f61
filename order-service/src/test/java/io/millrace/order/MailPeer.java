package io.millrace.order;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/**
 * The customers' mail server: a real one, that refuses who begins with bounce, takes nothing for who begins with full, and
 * nothing the first time for who begins with greylist.
 */
final class MailPeer {

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Set<String> sentAway = ConcurrentHashMap.newKeySet();
    private final int port;
    private SMTPServer server;

    private MailPeer() {
        server = listen(0);
        port = server.getPortAllocated();
    }

    static MailPeer start() {
        return new MailPeer();
    }

    /** A mail that the server took over. */
    record Received(String recipient, String raw) {

        MimeMessage message() {
            try {
                byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
                return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }

        String messageId() {
            return header("Message-ID");
        }

        String header(String name) {
            try {
                return message().getHeader(name, ", ");
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }

        String text() {
            try {
                return message().getContent().toString();
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    int port() {
        return port;
    }

    /** What was taken for a recipient, oldest first. */
    List<Received> to(String recipient) {
        return received.stream()
                .filter(each -> each.recipient.equals(recipient))
                .toList();
    }

    /** Hangs up on everybody, and listens no more. */
    void stop() {
        server.stop();
    }

    /** Listens again where it did before. */
    void restart() {
        server = listen(port);
    }

    private SMTPServer listen(int wanted) {
        SMTPServer fresh = SMTPServer.port(wanted)
                .bindAddress(InetAddress.getLoopbackAddress())
                .insertReceivedHeaders(false)
                .messageHandlerFactory(Taking::new)
                .build();
        fresh.start();
        return fresh;
    }

    private final class Taking implements MessageHandler {

        private final List<String> recipients = new ArrayList<>();

        Taking(MessageContext context) {}

        @Override
        public void from(String from) {
            // Anybody may send.
        }

        @Override
        public void recipient(String recipient) throws RejectException {
            if (recipient.startsWith("bounce")) {
                throw new RejectException(550, "nobody of this name");
            }
            if (recipient.startsWith("full")) {
                throw new RejectException(452, "no room");
            }
            if (recipient.startsWith("greylist") && sentAway.add(recipient)) {
                throw new RejectException(451, "not now");
            }
            recipients.add(recipient);
        }

        @Override
        public String data(InputStream data) throws IOException {
            String raw = new String(data.readAllBytes(), StandardCharsets.ISO_8859_1);
            recipients.forEach(recipient -> received.add(new Received(recipient, raw)));
            return "taken";
        }

        @Override
        public void done() {
            // Nothing is held.
        }
    }
}
