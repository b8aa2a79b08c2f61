package io.millrace.recommendation.clickstream.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.recommendation.clickstream.ClickIntake;
import io.millrace.recommendation.clickstream.ClickIntake.Answer;
import io.millrace.recommendation.clickstream.ClickProperties;
import io.millrace.recommendation.clickstream.ReportedClick;
import io.millrace.recommendation.limit.AddressLimit;
import io.millrace.web.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes batches of clicks. */
@RestController
class ClickController {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final ClickIntake intake;
    private final ClickProperties properties;
    private final AddressLimit limit;
    private final Counter limited;

    ClickController(ClickIntake intake, ClickProperties properties, AddressLimit clickLimit, MeterRegistry meters) {
        this.intake = intake;
        this.properties = properties;
        this.limit = clickLimit;
        this.limited = Counter.builder("millrace.recommendation.clicks.limited")
                .description("clicks refused because their address sent too many")
                .register(meters);
    }

    /**
     * What a shop sends.
     *
     * @param events the clicks, in any order
     */
    record Batch(List<ReportedClick> events) {}

    @PostMapping("/api/clickstream")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Answer.Kept take(@RequestBody Batch batch, HttpServletRequest request) {
        int size = batch.events().size();
        if (size == 0) {
            throw Problem.invalidRequest().at("events", "must not be empty").toException();
        }
        if (size > properties.batch()) {
            throw Problem.of(HttpStatus.CONTENT_TOO_LARGE, "too-many-events", "The batch holds too many events")
                    .detail("A batch may hold at most " + properties.batch() + " events.")
                    .toException();
        }
        limit.take(request.getRemoteAddr(), size).ifPresent(wait -> {
            limited.increment(size);
            throw Problem.of(HttpStatus.TOO_MANY_REQUESTS, "too-many-clicks", "There were too many clicks")
                    .retryAfter(wait)
                    .toException();
        });
        return switch (intake.take(batch.events())) {
            case Answer.Kept kept -> kept;
            case Answer.Unavailable() ->
                throw Problem.unavailable(
                                "clicks-unavailable", "The clicks can't be kept now, send them again later", SOON)
                        .toException();
        };
    }
}
