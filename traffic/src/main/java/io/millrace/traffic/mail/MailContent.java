package io.millrace.traffic.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mail as a person reads it, out of its bytes (RFC 5322, MIME). Whatever is malformed is shown as it came.
 *
 * @param messageId its {@code Message-ID}; empty when it has none
 * @param subject decoded; empty when it has none
 * @param headers as they came
 * @param text the first plain text; empty when it has none
 */
record MailContent(String messageId, String subject, String headers, String text) {

    private static final Logger log = LoggerFactory.getLogger(MailContent.class);
    private static final Session SESSION = Session.getInstance(new Properties());
    private static final int DEEPEST = 5;
    private static final int LONGEST_ID = 250;
    private static final int LONGEST_SUBJECT = 500;

    static MailContent of(byte[] raw) {
        String whole = new String(raw, StandardCharsets.UTF_8);
        int end = whole.indexOf("\r\n\r\n");
        String headers = end < 0 ? whole : whole.substring(0, end);
        try {
            MimeMessage message = new MimeMessage(SESSION, new ByteArrayInputStream(raw));
            return new MailContent(
                    cut(message.getMessageID(), LONGEST_ID),
                    cut(message.getSubject(), LONGEST_SUBJECT),
                    headers,
                    text(message, 0));
        } catch (MessagingException | IOException e) {
            log.debug("mail can't be parsed", e);
            return new MailContent("", "", headers, whole);
        }
    }

    private static String text(Part part, int depth) throws MessagingException, IOException {
        if (part.isMimeType("text/plain")) {
            return part.getContent() instanceof String text ? text : "";
        }
        if (depth < DEEPEST && part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                String text = text(parts.getBodyPart(i), depth + 1);
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }

    private static String cut(@Nullable String value, int most) {
        if (value == null) {
            return "";
        }
        return value.length() <= most ? value : value.substring(0, most);
    }
}
