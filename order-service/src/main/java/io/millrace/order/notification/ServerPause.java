package io.millrace.order.notification;

import io.millrace.order.notification.MailGateway.Answer;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the mail server is away, and until when it is left alone. Safe for use by several threads. */
final class ServerPause {

    private static final Logger log = LoggerFactory.getLogger(ServerPause.class);

    private final NotificationProperties properties;
    private int failures;
    private Instant over = Instant.EPOCH;

    ServerPause(NotificationProperties properties) {
        this.properties = properties;
    }

    synchronized boolean isAway() {
        return failures > 0;
    }

    synchronized boolean isOver(Instant now) {
        return !now.isBefore(over);
    }

    /** Whatever the server says about a mail, it is there. */
    synchronized void on(Answer answer, Instant now) {
        switch (answer) {
            case MailGateway.Away away -> {
                // Mails that were under way together fail together: that is one failure.
                if (!now.isBefore(over)) {
                    failures++;
                    over = now.plus(properties.pause(failures));
                    log.atWarn().addKeyValue("failures", failures).log("mail server is away: {}", away.cause());
                }
            }
            case MailGateway.Taken _, MailGateway.Refused _, MailGateway.Deferred _ -> {
                if (failures > 0) {
                    log.info("mail server is back");
                }
                failures = 0;
                over = Instant.EPOCH;
            }
        }
    }
}
