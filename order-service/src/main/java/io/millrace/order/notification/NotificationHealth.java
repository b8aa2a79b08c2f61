package io.millrace.order.notification;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether customers hear of their orders: not when mails that were tried fail for long. How many wait untried says only how much
 * there is to do. It is for alerting: an instance whose mails wait still takes orders, so this never
 * counts into readiness.
 */
@Component("notificationsHealthIndicator")
class NotificationHealth implements HealthIndicator {

    private final NotificationSender sender;
    private final NotificationMeters meters;
    private final NotificationProperties properties;

    NotificationHealth(NotificationSender sender, NotificationMeters meters, NotificationProperties properties) {
        this.sender = sender;
        this.meters = meters;
        this.properties = properties;
    }

    @Override
    public Health health() {
        NotificationTable.Backlog backlog = meters.backlog();
        boolean inTime = backlog.failingSeconds() <= properties.alertAfter().toSeconds();
        return (sender.isAlive() && inTime ? Health.up() : Health.down())
                .withDetail("alive", sender.isAlive())
                .withDetail("waiting", backlog.waiting())
                .withDetail("oldestSeconds", backlog.oldestSeconds())
                .withDetail("failingSeconds", backlog.failingSeconds())
                .build();
    }
}
