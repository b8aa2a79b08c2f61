package io.millrace.fraud.cases;

import static io.millrace.fraud.cases.CaseFixtures.NOON;
import static io.millrace.fraud.cases.CaseFixtures.decided;
import static io.millrace.fraud.cases.CaseFixtures.ruling;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.millrace.embedded.DatabaseAccess;
import io.millrace.events.fraud.FraudOutcome;
import io.millrace.fraud.cases.CaseFact.Ended;
import io.millrace.fraud.cases.CaseFact.Ruled;
import io.millrace.fraud.cases.CaseFact.Scored;
import io.millrace.fraud.cases.FraudCase.Ruling;
import io.millrace.testing.infra.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whatever the order in which facts arrive, and however often, the record ends the same. */
class CaseRecorderIT {

    private static final JdbcTemplate JDBC = database();
    private static final Screenings SCREENINGS = new Screenings(JDBC);

    private final CaseRecorder recorder = new CaseRecorder(SCREENINGS);

    private static JdbcTemplate database() {
        DatabaseAccess access = TestPostgres.freshDatabase("fraud");
        HikariDataSource source = new HikariDataSource();
        source.setJdbcUrl(access.jdbcUrl());
        source.setUsername(access.username());
        source.setPassword(access.password());
        source.setMaximumPoolSize(3);
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/messaging", "classpath:db/migration")
                .load()
                .migrate();
        return new JdbcTemplate(source);
    }

    @ParameterizedTest
    @EnumSource(names = {"STEP_UP", "REVIEW"})
    void opensACaseWhereAPersonIsNeeded(FraudOutcome outcome) {
        Decision decision = decided(outcome);

        recorder.record(List.of(new Scored(decision)));

        assertThat(SCREENINGS.decision(orderOf(decision))).contains(decision);
        assertThat(SCREENINGS.fraudCase(orderOf(decision)))
                .contains(new FraudCase(decision, CaseStatus.OPEN, Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource(names = {"APPROVE", "BLOCK"})
    void opensNoneWhereScoringDecidedItself(FraudOutcome outcome) {
        Decision decision = decided(outcome);

        recorder.record(List.of(new Scored(decision)));

        assertThat(SCREENINGS.decision(orderOf(decision))).contains(decision);
        assertThat(SCREENINGS.fraudCase(orderOf(decision))).isEmpty();
    }

    @Test
    void closesTheCaseOfAnOrderThatEnds() {
        Decision decision = decided(FraudOutcome.REVIEW);

        recorder.record(List.of(new Scored(decision)));
        recorder.record(List.of(new Ended(orderOf(decision), "expired")));

        assertThat(SCREENINGS.fraudCase(orderOf(decision))).contains(closed(decision));
    }

    @Test
    void opensNoCaseForAnOrderThatHasEnded() {
        Decision decision = decided(FraudOutcome.REVIEW);

        recorder.record(List.of(new Ended(orderOf(decision), "expired")));
        assertThat(SCREENINGS.decision(orderOf(decision))).isEmpty();
        assertThat(SCREENINGS.fraudCase(orderOf(decision))).isEmpty();
        recorder.record(List.of(new Scored(decision)));

        assertThat(SCREENINGS.fraudCase(orderOf(decision))).contains(closed(decision));
    }

    @Test
    void keepsARulingThroughTheEndingItLedTo() {
        Decision decision = decided(FraudOutcome.REVIEW);
        recorder.record(List.of(new Scored(decision)));
        SCREENINGS.rule(orderOf(decision), ruling(Verdict.DECLINE));

        recorder.record(List.of(
                new Ruled(orderOf(decision), ruling(Verdict.DECLINE)), new Ended(orderOf(decision), "rejected")));

        assertThat(SCREENINGS.fraudCase(orderOf(decision)))
                .contains(new FraudCase(
                        decision, CaseStatus.DECLINED, Optional.of(ruling(Verdict.DECLINE)), Optional.empty()));
    }

    @Test
    void endsTheSameInEveryOrderOfArrivalAndWithDuplicates() {
        Random random = new Random(4);
        for (int round = 0; round < 50; round++) {
            Decision decision = decided(FraudOutcome.STEP_UP);
            Ruling published = new Ruling(Verdict.APPROVE, "ann", NOON, Optional.empty());
            Scored scored = new Scored(decision);
            Ruled ruled = new Ruled(orderOf(decision), published);
            Ended ended = new Ended(orderOf(decision), "expired");
            // Two topics: the decisions in their order, the ending anywhere among them, everything twice.
            List<CaseFact> facts = new ArrayList<>(List.of(scored, scored, ruled, ruled));
            facts.add(random.nextInt(facts.size() + 1), ended);
            facts.add(random.nextInt(facts.size() + 1), ended);
            facts.addAll(List.copyOf(facts));
            for (int from = 0; from < facts.size(); ) {
                int to = Math.min(facts.size(), from + 1 + random.nextInt(4));
                recorder.record(facts.subList(from, to));
                from = to;
            }

            assertThat(SCREENINGS.fraudCase(orderOf(decision)))
                    .contains(new FraudCase(decision, CaseStatus.APPROVED, Optional.of(published), Optional.empty()));
        }
    }

    @Test
    void leavesNoCaseOpenWhenBothAreHeardOfAtOnce() throws ExecutionException, InterruptedException {
        List<Decision> decisions = IntStream.range(0, 400)
                .mapToObj(_ -> decided(FraudOutcome.REVIEW))
                .toList();
        List<Decision> shuffled = new ArrayList<>(decisions);
        Collections.shuffle(shuffled, new Random(9));
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            Future<?> scoring =
                    two.submit(() -> decisions.forEach(decision -> recorder.record(List.of(new Scored(decision)))));
            Future<?> ending = two.submit(() ->
                    shuffled.forEach(decision -> recorder.record(List.of(new Ended(orderOf(decision), "expired")))));
            scoring.get();
            ending.get();
        }

        for (Decision decision : decisions) {
            assertThat(SCREENINGS.fraudCase(orderOf(decision))).contains(closed(decision));
        }
    }

    @Test
    void takesADecisionThatStandsTwiceInABatchOnce() {
        Decision decision = decided(FraudOutcome.REVIEW);

        recorder.record(List.of(new Scored(decision), new Scored(decision)));

        assertThat(SCREENINGS.fraudCase(orderOf(decision))).isPresent();
    }

    @Test
    void listsCasesFromTheOldest() {
        Instant old = NOON.minus(Duration.ofDays(100));
        List<CaseFact> facts = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            facts.add(new Scored(decided(FraudOutcome.REVIEW, old.plusMillis(i / 2)))); // pairs of equal times
        }
        recorder.record(facts);

        List<FraudCase> listed = new ArrayList<>();
        Optional<CasePosition> after = Optional.empty();
        for (int page = 0; page < 3; page++) {
            List<FraudCase> cases = SCREENINGS.cases(CaseStatus.OPEN, after, 10);
            listed.addAll(cases);
            after = Optional.of(CasePosition.of(cases.getLast()));
        }

        assertThat(listed.subList(0, 25))
                .extracting(each -> each.decision().scored().orderId())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        facts.stream().map(CaseFact::orderId).toList());
        assertThat(listed)
                .extracting(each -> each.decision().scored().transactionAt())
                .isSorted();
    }

    @Test
    void forgetsOldRecordsButNoOpenCase() {
        Decision open = decided(FraudOutcome.REVIEW);
        Decision approved = decided(FraudOutcome.APPROVE);
        Decision young = decided(FraudOutcome.APPROVE);
        recorder.record(List.of(new Scored(open), new Scored(approved), new Scored(young)));
        Instant before = NOON.minus(Duration.ofDays(1_000));
        for (Decision old : List.of(open, approved)) {
            JDBC.update("update screening set recorded_at = '2020-01-01T00:00:00Z' where order_id = ?", orderOf(old));
        }

        assertThat(SCREENINGS.forget(before, 10)).isEqualTo(1);

        assertThat(SCREENINGS.decision(orderOf(open))).isPresent();
        assertThat(SCREENINGS.decision(orderOf(approved))).isEmpty();
        assertThat(SCREENINGS.decision(orderOf(young))).isPresent();
    }

    private static FraudCase closed(Decision decision) {
        return new FraudCase(decision, CaseStatus.CLOSED, Optional.empty(), Optional.of("expired"));
    }

    private static UUID orderOf(Decision decision) {
        return decision.scored().orderId();
    }
}
