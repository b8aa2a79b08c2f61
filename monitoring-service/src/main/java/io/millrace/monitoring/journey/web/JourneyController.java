package io.millrace.monitoring.journey.web;

import io.millrace.monitoring.journey.Journey;
import io.millrace.monitoring.journey.Journeys;
import io.millrace.web.database.DatabaseDeadline;
import io.millrace.web.problem.Problem;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Journeys of orders. */
@RestController
class JourneyController {

    private final Journeys journeys;
    private final DatabaseDeadline deadline;

    JourneyController(Journeys journeys, DatabaseDeadline deadline) {
        this.journeys = journeys;
        this.deadline = deadline;
    }

    @GetMapping("/api/ops/journeys/{orderId}")
    Journey journey(@PathVariable UUID orderId) {
        return deadline.read(() -> journeys.find(orderId))
                .orElseThrow(() -> Problem.notFound("journey-not-found", "Nothing is known of such an order yet")
                        .with("orderId", orderId)
                        .toException());
    }
}
