package io.millrace.order.notification;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.order.notification.NotificationTable.Backlog;
import org.springframework.stereotype.Component;

/**
 * What is counted of mails: each that was owed is sent or failed in the end; waiting is what is neither yet, without what is
 * set aside.
 */
@Component
class NotificationMeters {

    private final Counter sent;
    private final Counter refused;
    private final Counter givenUp;
    private final Counter retried;
    private final Counter setAside;
    private volatile Backlog backlog = new Backlog(0, 0, 0);

    NotificationMeters(MeterRegistry meters) {
        sent = Counter.builder("millrace.order.notifications.sent")
                .description("mails that the server took over, and that are recorded as such")
                .register(meters);
        refused = failed(meters, "refused");
        givenUp = failed(meters, "given-up");
        retried = Counter.builder("millrace.order.notifications.retried")
                .description("tries that failed and are followed by another")
                .register(meters);
        setAside = Counter.builder("millrace.order.notifications.set-aside")
                .description("rows that no mail can be made of, left alone until the next start")
                .register(meters);
        Gauge.builder("millrace.order.notifications.waiting", this, each -> each.backlog.waiting())
                .description("mails owed and neither sent nor failed, in all instances; counted up to "
                        + NotificationSweep.COUNTED)
                .register(meters);
        Gauge.builder("millrace.order.notifications.oldest.age", this, each -> each.backlog.oldestSeconds())
                .description("age of the oldest mail that waits")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("millrace.order.notifications.failing.age", this, each -> each.backlog.failingSeconds())
                .description("how long ago a mail failed first that still waits; the longest")
                .baseUnit("seconds")
                .register(meters);
    }

    private static Counter failed(MeterRegistry meters, String reason) {
        return Counter.builder("millrace.order.notifications.failed")
                .description("mails that will never be sent")
                .tag("reason", reason)
                .register(meters);
    }

    Backlog backlog() {
        return backlog;
    }

    void read(Backlog present) {
        backlog = present;
    }

    void sent() {
        sent.increment();
    }

    void refused() {
        refused.increment();
    }

    void givenUp() {
        givenUp.increment();
    }

    void retried() {
        retried.increment();
    }

    void setAside() {
        setAside.increment();
    }
}
