package io.millrace.traffic.mail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;

/** Sends mail as any program would, over one connection. */
final class Sender implements AutoCloseable {

    private final Session session;
    private final Transport transport;

    Sender(int port) throws MessagingException {
        Properties settings = new Properties();
        settings.put("mail.smtp.timeout", "10000");
        settings.put("mail.smtp.connectiontimeout", "10000");
        session = Session.getInstance(settings);
        transport = session.getTransport("smtp");
        transport.connect("127.0.0.1", port, null, null);
    }

    void send(String messageId, String to, String subject, String text) throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                if (messageId.isEmpty()) {
                    removeHeader("Message-ID");
                } else {
                    setHeader("Message-ID", messageId);
                }
            }
        };
        Address[] recipients = InternetAddress.parse(to);
        message.setFrom("shop@millrace.example");
        message.setRecipients(Message.RecipientType.TO, recipients);
        message.setSubject(subject, "UTF-8");
        message.setText(text, "UTF-8");
        message.saveChanges();
        transport.sendMessage(message, recipients);
    }

    @Override
    public void close() throws MessagingException {
        transport.close();
    }
}
