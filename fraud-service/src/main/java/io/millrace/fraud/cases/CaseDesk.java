package io.millrace.fraud.cases;

import io.millrace.events.catalogue.Topics;
import io.millrace.events.fraud.ReviewDecided;
import io.millrace.fraud.cases.FraudCase.Ruling;
import io.millrace.messaging.outbox.Outbox;
import io.millrace.messaging.outbox.Outgoing;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where analysts decide cases. Case and {@link ReviewDecided} are written by one transaction, under the lock of the case:
 * of two verdicts at once the first is taken, and told to the order exactly once.
 *
 * <p>An order may end unheard of while a case is being decided. Such a verdict stands here, and the order ignores it.
 */
@Service
public class CaseDesk {

    /** Scoring's own event is the first of an order on the topic, the verdict the second and last. */
    private static final long SEQUENCE = 2;

    private final Screenings screenings;
    private final Outbox outbox;
    private final Clock clock;

    CaseDesk(Screenings screenings, Outbox outbox, Clock clock) {
        this.screenings = screenings;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Gives a verdict on an order's case.
     *
     * @param analyst user id of who decides
     * @param note why; stays with the case and is not published
     */
    @Transactional
    public VerdictAnswer decide(UUID orderId, Verdict verdict, Optional<String> note, String analyst) {
        Optional<FraudCase> found = screenings.lockCase(orderId);
        if (found.isEmpty()) {
            return new VerdictAnswer.Unknown();
        }
        FraudCase known = found.get();
        // cut to what the database keeps, so that the answer now is the answer later
        Ruling ruling = new Ruling(verdict, analyst, clock.instant().truncatedTo(ChronoUnit.MICROS), note);
        return switch (CaseDecider.decide(known, ruling)) {
            case CaseDecision.Ruled ruled -> new VerdictAnswer.Decided(rule(known, ruled.ruling()));
            case CaseDecision.Unchanged() -> new VerdictAnswer.Decided(known);
            case CaseDecision.RuledOtherwise() -> new VerdictAnswer.DecidedOtherwise(known);
            case CaseDecision.OrderEnded() -> new VerdictAnswer.OrderEnded(known);
        };
    }

    private FraudCase rule(FraudCase known, Ruling ruling) {
        UUID orderId = known.decision().scored().orderId();
        boolean approved = ruling.verdict() == Verdict.APPROVE;
        screenings.rule(orderId, ruling);
        outbox.append(List.of(new Outgoing<>(
                Topics.FRAUD_DECISIONS,
                orderId.toString(),
                orderId.toString(),
                SEQUENCE,
                new ReviewDecided(orderId, approved, ruling.by()),
                ruling.at(),
                orderId.toString(),
                null)));
        return new FraudCase(
                known.decision(),
                approved ? CaseStatus.APPROVED : CaseStatus.DECLINED,
                Optional.of(ruling),
                Optional.empty());
    }
}
