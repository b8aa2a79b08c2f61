package io.millrace.order.ordering;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When an undecided order ends by itself, {@code millrace.orders.deadlines.*}. Read when the deadline is set: a change
 * affects orders placed or held from then on.
 *
 * @param order from placing to EXPIRED, and anew from the approval of a held order; positive. Five minutes outlast a broker
 *     outage of a minute and the backlog behind it
 * @param hold from ON_HOLD to REJECTED for REVIEW_TIMEOUT; positive. A day holds an analysts' working day
 */
@ConfigurationProperties("millrace.orders.deadlines")
public record OrderDeadlines(
        @DefaultValue("5m") Duration order,
        @DefaultValue("24h") Duration hold) {

    /** Refuses deadlines that are not positive, naming the property. */
    public OrderDeadlines {
        if (!order.isPositive() || !hold.isPositive()) {
            throw new IllegalArgumentException("millrace.orders.deadlines.order and .hold must be positive");
        }
    }
}
