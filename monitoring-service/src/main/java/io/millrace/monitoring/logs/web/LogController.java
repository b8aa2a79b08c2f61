package io.millrace.monitoring.logs.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.monitoring.logs.Level;
import io.millrace.monitoring.logs.LogLine;
import io.millrace.monitoring.logs.LogPage;
import io.millrace.monitoring.logs.LogPosition;
import io.millrace.monitoring.logs.LogQuery;
import io.millrace.monitoring.logs.LogSearch;
import io.millrace.web.database.DatabaseDeadline;
import io.millrace.web.problem.Problem;
import io.millrace.web.problem.ProblemException;
import io.millrace.web.request.PageRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Log search. */
@RestController
class LogController {

    private static final int LONGEST_TEXT = 200;

    /** What PostgreSQL's timestamps and everybody's calendars hold. */
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private final LogSearch search;
    private final DatabaseDeadline deadline;

    LogController(LogSearch search, DatabaseDeadline deadline) {
        this.search = search;
        this.deadline = deadline;
    }

    /**
     * A page of lines, newest first.
     *
     * @param nextCursor where to go on, also when fewer lines than asked for were found so far; null at the end
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Lines(List<LogLine> items, @Nullable String nextCursor) {}

    @GetMapping("/api/ops/logs")
    Lines logs(
            @RequestParam Optional<String> text,
            @RequestParam Optional<String> service,
            @RequestParam Optional<String> level,
            @RequestParam Optional<UUID> orderId,
            @RequestParam Optional<String> traceId,
            @RequestParam Optional<String> from,
            @RequestParam Optional<String> to,
            PageRequest request) {
        LogQuery query = new LogQuery(
                bounded("text", text),
                bounded("service", service),
                level.filter(value -> !value.isEmpty())
                        .map(LogController::level)
                        .orElse(Level.TRACE),
                orderId,
                traceId.filter(value -> !value.isEmpty()).map(LogController::traceId),
                from.filter(value -> !value.isEmpty()).map(value -> instant("from", value)),
                to.filter(value -> !value.isEmpty()).map(value -> instant("to", value)),
                request.after().map(after -> LogPosition.parse(after).orElseThrow(PageRequest::badCursor)),
                request.limit());
        LogPage page = deadline.read(() -> search.search(query));
        return new Lines(page.lines(), page.next().map(LogController::cursor).orElse(null));
    }

    private static Optional<String> bounded(String field, Optional<String> value) {
        value.filter(text -> text.length() > LONGEST_TEXT).ifPresent(_ -> {
            throw invalid(field, "must have at most " + LONGEST_TEXT + " characters");
        });
        return value.filter(text -> !text.isEmpty());
    }

    private static Level level(String text) {
        return Level.named(text)
                .orElseThrow(() -> invalid("level", "must be TRACE, DEBUG, INFO, WARN, ERROR or FATAL"));
    }

    private static String traceId(String text) {
        if (!text.matches("[0-9a-fA-F]{32}")) {
            throw invalid("traceId", "must be 32 hexadecimal digits");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static Instant instant(String field, String text) {
        try {
            Instant instant = Instant.parse(text);
            if (!instant.isBefore(Instant.EPOCH) && instant.isBefore(LAST)) {
                return instant;
            }
        } catch (DateTimeParseException e) {
            // answered below
        }
        throw invalid(field, "must be a time such as 2026-01-31T12:00:00Z");
    }

    private static ProblemException invalid(String field, String message) {
        return Problem.invalidRequest().at(field, message).toException();
    }

    private static String cursor(LogPosition position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(position.text().getBytes(StandardCharsets.UTF_8));
    }
}
