package io.millrace.fraud.cases;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets what is older than {@link CaseProperties#keepFor}: hourly, in small parts, by every instance as far as it gets. */
@Component
class CaseRetention {

    private static final Logger log = LoggerFactory.getLogger(CaseRetention.class);

    /** Rows of one statement: some ten milliseconds of work. */
    private static final int PART = 1_000;

    /** Parts of one run: a million rows, more than an hour brings. */
    private static final int PARTS = 1_000;

    private final Screenings screenings;
    private final CaseProperties properties;
    private final Clock clock;

    CaseRetention(Screenings screenings, CaseProperties properties, Clock clock) {
        this.screenings = screenings;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 10, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void forget() {
        Instant before = clock.instant().minus(properties.keepFor());
        int forgotten = 0;
        for (int part = 0; part < PARTS; part++) {
            int removed = screenings.forget(before, PART);
            forgotten += removed;
            if (removed < PART) {
                break;
            }
        }
        if (forgotten > 0) {
            log.atInfo().addKeyValue("records", forgotten).log("old decisions were removed");
        }
    }
}
