package io.millrace.inventory.reservation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What became of orders' instructions, counted when decided: turned + repeated = instructions followed, and a few more, as a
 * batch that fails is decided again.
 */
@Component
class ReservationMeters {

    private final Map<ReservationStatus, Counter> turned = new EnumMap<>(ReservationStatus.class);
    private final Counter repeated;

    ReservationMeters(MeterRegistry meters) {
        for (ReservationStatus status : ReservationStatus.values()) {
            turned.put(
                    status,
                    Counter.builder("millrace.inventory.reservations.turned")
                            .description("reservations that came to be in a status")
                            .tag("status", status.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
        repeated = Counter.builder("millrace.inventory.instructions.repeated")
                .description("instructions that changed nothing: redelivered, or there was nothing to do")
                .register(meters);
    }

    void turned(ReservationStatus status) {
        Counter counter = turned.get(status);
        if (counter != null) {
            counter.increment();
        }
    }

    void repeated() {
        repeated.increment();
    }
}
