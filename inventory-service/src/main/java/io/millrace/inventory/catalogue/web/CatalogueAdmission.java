package io.millrace.inventory.catalogue.web;

import io.millrace.messaging.outbox.Outbox;
import io.millrace.web.problem.Problem;
import java.time.Duration;

/** Refuses changes of the catalogue while too many events wait for the brokers. */
final class CatalogueAdmission {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private CatalogueAdmission() {}

    static void check(Outbox outbox) {
        if (outbox.isFull()) {
            throw Problem.unavailable("events-waiting", "Too many events wait to be published", RETRY_AFTER)
                    .toException();
        }
    }
}
