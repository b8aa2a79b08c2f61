package io.millrace.fraud.cases.web;

import io.millrace.fraud.cases.CaseDesk;
import io.millrace.fraud.cases.CasePosition;
import io.millrace.fraud.cases.CaseStatus;
import io.millrace.fraud.cases.FraudCase;
import io.millrace.fraud.cases.Screenings;
import io.millrace.fraud.cases.Verdict;
import io.millrace.fraud.cases.VerdictAnswer;
import io.millrace.fraud.cases.web.CaseViews.CaseView;
import io.millrace.fraud.cases.web.CaseViews.DecisionView;
import io.millrace.web.database.DatabaseDeadline;
import io.millrace.web.problem.Problem;
import io.millrace.web.problem.ProblemException;
import io.millrace.web.request.Page;
import io.millrace.web.request.PageRequest;
import io.millrace.web.security.Caller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Decisions and cases, for analysts. */
@RestController
@RequestMapping("/api/fraud")
class CaseController {

    private final CaseDesk desk;
    private final Screenings screenings;
    private final DatabaseDeadline deadline;

    CaseController(CaseDesk desk, Screenings screenings, DatabaseDeadline deadline) {
        this.desk = desk;
        this.screenings = screenings;
        this.deadline = deadline;
    }

    /**
     * What an analyst sends.
     *
     * @param verdict what is to happen with the order
     * @param note why, for whoever looks at the case later; optional
     */
    record GiveVerdict(
            Verdict verdict,
            @Nullable @NotBlank @Size(max = 2_000) String note) {}

    @GetMapping("/decisions/{orderId}")
    DecisionView decision(@PathVariable UUID orderId) {
        return deadline.read(() -> screenings.decision(orderId))
                .map(DecisionView::of)
                .orElseThrow(() -> Problem.notFound("decision-not-found", "There is no decision about such an order")
                        .with("orderId", orderId)
                        .toException());
    }

    @GetMapping("/cases/{orderId}")
    CaseView fraudCase(@PathVariable UUID orderId) {
        return deadline.read(() -> screenings.fraudCase(orderId))
                .map(CaseView::of)
                .orElseThrow(() -> caseNotFound(orderId));
    }

    @GetMapping("/cases")
    Page<CaseView> cases(@RequestParam(defaultValue = "open") String status, PageRequest request) {
        CaseStatus wanted = status(status);
        Optional<CasePosition> after =
                request.after().map(text -> CasePosition.parse(text).orElseThrow(PageRequest::badCursor));
        List<FraudCase> found = deadline.read(() -> screenings.cases(wanted, after, request.limit() + 1));
        return Page.of(
                found.stream().map(CaseView::of).toList(),
                request,
                view -> new CasePosition(view.decision().transactionAt(), view.orderId()).text());
    }

    @PostMapping("/cases/{orderId}/decision")
    CaseView decide(@PathVariable UUID orderId, @Valid @RequestBody GiveVerdict given, Caller caller) {
        // One that is cut short may have been recorded: the same verdict again is answered as the first was.
        VerdictAnswer answer = deadline.read(
                () -> desk.decide(orderId, given.verdict(), Optional.ofNullable(given.note()), caller.subject()));
        return switch (answer) {
            case VerdictAnswer.Decided(FraudCase decided) -> CaseView.of(decided);
            case VerdictAnswer.DecidedOtherwise(FraudCase decided) ->
                throw Problem.conflict("case-already-decided", "The case was decided otherwise before")
                        .with("status", decided.status())
                        .toException();
            case VerdictAnswer.OrderEnded(FraudCase closed) ->
                throw Problem.conflict("order-ended", "The order ended before the case was decided")
                        .with("status", closed.status())
                        .toException();
            case VerdictAnswer.Unknown() -> throw caseNotFound(orderId);
        };
    }

    private static CaseStatus status(String text) {
        for (CaseStatus status : CaseStatus.values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(text)) {
                return status;
            }
        }
        throw Problem.invalidRequest()
                .at("status", "must be open, approved, declined or closed")
                .toException();
    }

    private static ProblemException caseNotFound(UUID orderId) {
        return Problem.notFound("case-not-found", "There is no case for such an order")
                .with("orderId", orderId)
                .toException();
    }
}
