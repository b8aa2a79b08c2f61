package io.millrace.order.notification.smtp;

import io.millrace.order.notification.Mail;
import io.millrace.order.notification.MailGateway;
import io.millrace.order.notification.NotificationProperties;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Hands mails to a server by SMTP (RFC 5321), over connections that are kept for the next. */
@Component
class SmtpMailGateway implements MailGateway, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(SmtpMailGateway.class);

    /** "Too many recipients" of old, which RFC 5321 (4.5.3.1.10) has taken for a temporary answer. */
    private static final int TEMPORARY_IN_SPITE_OF_ITS_CLASS = 552;

    private static final Pattern POLICY = Pattern.compile("^\\d{3}[ -]5\\.7\\.\\d");

    private final SmtpConnections connections;
    private final NotificationProperties properties;

    SmtpMailGateway(NotificationProperties properties) {
        this.connections = new SmtpConnections(properties);
        this.properties = properties;
    }

    @Override
    public Answer send(Mail mail) {
        InternetAddress recipient;
        MimeMessage message;
        try {
            recipient = recipient(mail);
            message = message(mail, recipient);
        } catch (AddressException e) {
            // The exception holds the address, which is not to be logged.
            log.debug("an address can't be written to", e);
            return new Refused("the address is malformed");
        } catch (MessagingException | UnsupportedEncodingException e) {
            log.error("a mail can't be composed", e);
            return new Deferred("it can't be composed");
        }
        try {
            connections.with(transport -> transport.sendMessage(message, new Address[] {recipient}));
            return new Taken();
        } catch (MessagingException e) {
            return answer(e);
        }
    }

    @Override
    public void destroy() {
        connections.close();
    }

    private MimeMessage message(Mail mail, InternetAddress recipient)
            throws MessagingException, UnsupportedEncodingException {
        MimeMessage message = new FixedIdMessage(connections, mail.messageId());
        String utf8 = StandardCharsets.UTF_8.name();
        message.setFrom(new InternetAddress(properties.from(), properties.fromName(), utf8));
        message.setRecipient(Message.RecipientType.TO, recipient);
        message.setSubject(mail.subject(), utf8);
        message.setSentDate(Date.from(mail.date()));
        // No answer by a holiday notice, RFC 3834.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setText(mail.text().replace("\n", "\r\n"), utf8);
        message.saveChanges();
        return message;
    }

    /** One address with the name beside it; its domain in the form that every server understands. */
    private static InternetAddress recipient(Mail mail) throws AddressException, UnsupportedEncodingException {
        String address = mail.address();
        int at = address.lastIndexOf('@');
        boolean plain = address.chars().allMatch(c -> c > ' ' && c != 0x7F && "<>,;:\"()[]\\".indexOf(c) < 0);
        // A local part beyond ASCII needs SMTPUTF8 (RFC 6531) all the way, which can't be told beforehand.
        if (at <= 0 || !plain || !StandardCharsets.US_ASCII.newEncoder().canEncode(address.substring(0, at))) {
            throw new AddressException("not an address that can be written to");
        }
        String domain;
        try {
            domain = IDN.toASCII(address.substring(at + 1));
        } catch (IllegalArgumentException e) {
            log.debug("a domain can't be encoded", e);
            throw new AddressException("not a domain");
        }
        InternetAddress recipient = new InternetAddress(address.substring(0, at + 1) + domain, true);
        if (!mail.name().isEmpty()) {
            recipient.setPersonal(mail.name(), StandardCharsets.UTF_8.name());
        }
        return recipient;
    }

    /** What the server said, out of the chain of exceptions; without the texts, which repeat the address. */
    private static Answer answer(MessagingException failure) {
        for (Exception each = failure; each != null; each = next(each)) {
            if (each instanceof SMTPAddressFailedException refusal) {
                int code = refusal.getReturnCode();
                if (isOfServer(code)) {
                    return new Away("session refused at the recipient, " + code);
                }
                return isOfPolicy(code, refusal.getMessage())
                        ? new Deferred("recipient answered " + code + ", for the sender's sake")
                        : answer("recipient", code);
            }
        }
        for (Exception each = failure; each != null; each = next(each)) {
            if (each instanceof SMTPSendFailedException refusal) {
                int code = refusal.getReturnCode();
                // A refused sender is a fault in this service's settings.
                return isOfServer(code) || refusal.getCommand().startsWith("MAIL")
                        ? new Away("session or sender refused, " + code)
                        : answer("mail", code);
            }
        }
        Exception cause = failure.getNextException();
        return new Away((cause == null ? failure : cause).getClass().getSimpleName());
    }

    /**
     * Whether an answer tells of the server or the session whatever it answers to: no answer at all, 421 before it hangs up
     * (RFC 5321, 3.8), or 530 as it wants a login or encryption first (RFC 4954 and 3207).
     */
    private static boolean isOfServer(int code) {
        return code < 400 || code == 421 || code == 530;
    }

    /**
     * Whether a recipient is refused because of who sends: class 5, subject 7 (RFC 3463, 3.8), such as a server that does not
     * relay for this service. It says nothing against the recipient; but some servers answer so for single ones, and these must
     * not hold up the others as a server that is away does.
     */
    private static boolean isOfPolicy(int code, @Nullable String reply) {
        return code >= 500 && reply != null && POLICY.matcher(reply).find();
    }

    private static Answer answer(String what, int code) {
        String cause = what + " answered " + code;
        return code >= 500 && code != TEMPORARY_IN_SPITE_OF_ITS_CLASS ? new Refused(cause) : new Deferred(cause);
    }

    private static @Nullable Exception next(Exception failure) {
        return failure instanceof MessagingException messaging ? messaging.getNextException() : null;
    }

    /** A message whose id is not made up anew when it is saved. */
    private static final class FixedIdMessage extends MimeMessage {

        private final String id;

        FixedIdMessage(SmtpConnections connections, String id) {
            super(connections.session());
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
