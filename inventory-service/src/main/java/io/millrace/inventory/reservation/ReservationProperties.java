package io.millrace.inventory.reservation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of reservations, {@code millrace.reservations.*}.
 *
 * @param keepEnded how long a reservation is kept to which nothing is promised any longer; at least a day. Above the
 *     retention of orders' events (30 days), as it is what a redelivery is known by; a placing older than this is refused
 */
@ConfigurationProperties("millrace.reservations")
public record ReservationProperties(@DefaultValue("35d") Duration keepEnded) {

    /** Refuses values out of range, naming the property. */
    public ReservationProperties {
        if (keepEnded.toDays() < 1) {
            throw new IllegalArgumentException("millrace.reservations.keep-ended must be at least a day");
        }
    }
}
