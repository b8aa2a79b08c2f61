package io.millrace.monitoring.traces.web;

import io.millrace.monitoring.traces.TraceSpan;
import io.millrace.monitoring.traces.Traces;
import io.millrace.web.database.DatabaseDeadline;
import io.millrace.web.problem.Problem;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Traces. */
@RestController
class TraceController {

    private final Traces traces;
    private final DatabaseDeadline deadline;

    TraceController(Traces traces, DatabaseDeadline deadline) {
        this.traces = traces;
        this.deadline = deadline;
    }

    /**
     * A trace.
     *
     * @param spans those that began first, 1,000 at most
     */
    record Trace(String traceId, List<TraceSpan> spans) {}

    @GetMapping("/api/ops/traces/{traceId}")
    Trace trace(@PathVariable String traceId) {
        if (!traceId.matches("[0-9a-fA-F]{32}")) {
            throw Problem.invalidRequest()
                    .at("traceId", "must be 32 hexadecimal digits")
                    .toException();
        }
        String id = traceId.toLowerCase(Locale.ROOT);
        List<TraceSpan> spans = deadline.read(() -> traces.find(id));
        if (spans.isEmpty()) {
            throw Problem.notFound("trace-not-found", "No span of such a trace is stored")
                    .with("traceId", id)
                    .toException();
        }
        return new Trace(id, spans);
    }
}
