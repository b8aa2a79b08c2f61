package io.millrace.monitoring.metrics.web;

import io.millrace.monitoring.metrics.MetricSeries;
import io.millrace.monitoring.metrics.MetricStore;
import io.millrace.web.database.DatabaseDeadline;
import io.millrace.web.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Metrics by name. */
@RestController
class MetricController {

    private static final Duration USUAL = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final MetricStore metrics;
    private final DatabaseDeadline deadline;
    private final Clock clock;

    MetricController(MetricStore metrics, DatabaseDeadline deadline, Clock clock) {
        this.metrics = metrics;
        this.deadline = deadline;
        this.clock = clock;
    }

    /** The names there are. */
    record Names(List<String> items) {}

    /** A metric's series between two times. */
    record Series(String name, Instant from, Instant to, List<MetricSeries> series) {}

    @GetMapping("/api/ops/metrics")
    Names names() {
        return new Names(deadline.read(metrics::names));
    }

    @GetMapping("/api/ops/metrics/{name}")
    Series series(
            @PathVariable String name,
            @RequestParam Optional<String> service,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> to) {
        Instant end = to.orElseGet(clock::instant);
        Instant begin = from.orElseGet(() -> end.minus(USUAL));
        if (end.isAfter(clock.instant().plus(LONGEST)) || begin.isBefore(Instant.EPOCH)) {
            throw Problem.invalidRequest()
                    .at("to", "must lie between 1970 and tomorrow")
                    .toException();
        }
        if (!begin.isBefore(end) || begin.plus(LONGEST).isBefore(end)) {
            throw Problem.invalidRequest()
                    .at("from", "must lie before to, by a day at most")
                    .toException();
        }
        return new Series(name, begin, end, deadline.read(() -> metrics.series(name, service, begin, end)));
    }
}
