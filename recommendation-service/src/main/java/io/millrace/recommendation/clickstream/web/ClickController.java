package io.millrace.recommendation.clickstream.web;

import io.millrace.recommendation.clickstream.ClickIntake;
import io.millrace.recommendation.clickstream.ClickIntake.Answer;
import io.millrace.recommendation.clickstream.ClickProperties;
import io.millrace.recommendation.clickstream.ReportedClick;
import io.millrace.web.problem.Problem;
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

    ClickController(ClickIntake intake, ClickProperties properties) {
        this.intake = intake;
        this.properties = properties;
    }

    /**
     * What a shop sends.
     *
     * @param events the clicks, in any order
     */
    record Batch(List<ReportedClick> events) {}

    @PostMapping("/api/clickstream")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Answer.Kept take(@RequestBody Batch batch) {
        int size = batch.events().size();
        if (size == 0) {
            throw Problem.invalidRequest().at("events", "must not be empty").toException();
        }
        if (size > properties.batch()) {
            throw Problem.of(HttpStatus.CONTENT_TOO_LARGE, "too-many-events", "The batch holds too many events")
                    .detail("A batch may hold at most " + properties.batch() + " events.")
                    .toException();
        }
        return switch (intake.take(batch.events())) {
            case Answer.Kept kept -> kept;
            case Answer.Unavailable() ->
                throw Problem.unavailable(
                                "clicks-unavailable", "The clicks can't be kept now, send them again later", SOON)
                        .toException();
        };
    }
}
