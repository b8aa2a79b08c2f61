package io.millrace.fraud.scoring;

import static io.millrace.fraud.scoring.Transactions.NOON;
import static io.millrace.fraud.scoring.Transactions.after;
import static io.millrace.fraud.scoring.Transactions.every;
import static io.millrace.fraud.scoring.Transactions.fresh;
import static io.millrace.fraud.scoring.Transactions.gbp;
import static io.millrace.fraud.scoring.Transactions.order;
import static io.millrace.fraud.scoring.Transactions.orderAt;
import static io.millrace.fraud.scoring.Transactions.paidBy;
import static io.millrace.fraud.scoring.Transactions.sentFrom;
import static io.millrace.fraud.scoring.Transactions.shippedTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.Money;
import io.millrace.events.fraud.FraudOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleScorerTest {

    private final RuleScorer scorer =
            new RuleScorer(ScoringPropertiesTest.defaults().rules());

    @ParameterizedTest
    @CsvSource({
        "49999, APPROVE",
        "50000, STEP_UP", // new customer
        "99999, STEP_UP",
        "100000, STEP_UP",
        "249999, STEP_UP",
        "250000, REVIEW",
        "999999, REVIEW",
        "1000000, BLOCK"
    })
    void decidesAFirstOrderByItsAmount(long minorUnits, FraudOutcome outcome) {
        assertThat(score(Optional.empty(), order(NOON, gbp(minorUnits))).outcome())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"99999, APPROVE", "100000, STEP_UP", "250000, REVIEW", "1000000, BLOCK"})
    void decidesALargeOrderOfAnOldCustomerByItsAmount(long minorUnits, FraudOutcome outcome) {
        CustomerHistory history = after(IntStream.rangeClosed(1, 8)
                .mapToObj(day -> order(NOON.minus(Duration.ofDays(10 - day)), gbp(300_00)))
                .toList());

        assertThat(score(Optional.of(history), order(NOON, gbp(minorUnits))).outcome())
                .isEqualTo(outcome);
    }

    @Test
    void stepsUpAnAmountUnlikeTheCustomer() {
        CustomerHistory history = after(every(Duration.ofDays(2), 8, NOON));

        Score score = score(Optional.of(history), order(NOON, gbp(600_00)));

        assertThat(score.outcome()).isEqualTo(FraudOutcome.STEP_UP);
        assertThat(score.hits())
                .containsExactly(new RuleHit(
                        "amount-unusual",
                        FraudOutcome.STEP_UP,
                        "600.00 GBP is 15.0 times the customer's typical 40.00 GBP (5.4 deviations over 8 orders)"));
    }

    @Test
    void comparesNothingBeforeAHistoryIsLongEnough() {
        CustomerHistory history = after(every(Duration.ofDays(2), 4, NOON));

        assertThat(score(Optional.of(history), order(NOON, gbp(600_00))).outcome())
                .isEqualTo(FraudOutcome.APPROVE);
    }

    @Test
    void approvesAnOrdinaryShopper() {
        Random random = new Random(3);
        Optional<CustomerHistory> history = Optional.empty();
        for (int order = 0; order < 12 * 30; order++) { // a dozen a day for a month
            Transaction next = new Transaction(
                    UUID.randomUUID(),
                    NOON.plus(Duration.ofHours(2L * order)).plusSeconds(random.nextInt(3000)),
                    gbp(5_00 + random.nextInt(450_00)),
                    1 + random.nextInt(10),
                    random.nextInt(10) == 0 ? "IE" : "GB",
                    random.nextInt(3),
                    random.nextInt(4),
                    random.nextInt(3));

            assertThat(score(history, next).hits()).isEmpty();
            history = Optional.of(fresh(history, next).history());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PT1S, 19, APPROVE, ''",
        "PT1S, 20, STEP_UP, velocity-10m",
        "PT1S, 59, REVIEW, 'velocity-1h velocity-10m'",
        "PT1S, 60, BLOCK, 'velocity-10m velocity-1h'",
        "PT1M, 39, APPROVE, ''",
        "PT1M, 40, REVIEW, velocity-1h",
        "PT10M, 99, APPROVE, ''",
        "PT10M, 100, REVIEW, velocity-24h",
        "PT15M, 127, APPROVE, ''"
    })
    void decidesByTheNumberOfOrdersBefore(Duration step, int before, FraudOutcome outcome, String codes) {
        CustomerHistory history = after(every(step, before, NOON));

        Score score = score(Optional.of(history), orderAt(NOON));

        assertThat(score.outcome()).isEqualTo(outcome);
        assertThat(String.join(" ", score.hits().stream().map(RuleHit::code).toList()))
                .isEqualTo(codes);
    }

    @Test
    void reviewsManyPaymentTokens() {
        assertVariety(i -> paidBy(NOON.plus(Duration.ofHours(i)), i), 10, FraudOutcome.REVIEW, "payments-24h");
    }

    @Test
    void stepsUpManyAddresses() {
        assertVariety(
                i -> shippedTo(NOON.plus(Duration.ofHours(i)), "GB", i), 10, FraudOutcome.STEP_UP, "addresses-24h");
    }

    @Test
    void stepsUpManyDevices() {
        assertVariety(i -> sentFrom(NOON.plus(Duration.ofHours(i)), i), 10, FraudOutcome.STEP_UP, "devices-24h");
    }

    @Test
    void reviewsManyCountries() {
        List<String> countries = List.of("GB", "IE", "FR", "DE");
        assertVariety(
                i -> shippedTo(NOON.plus(Duration.ofHours(i)), countries.get(i - 1), 1),
                3,
                FraudOutcome.REVIEW,
                "countries-24h");
    }

    @Test
    void stepsUpManyUnits() {
        Transaction pallet = new Transaction(UUID.randomUUID(), NOON, gbp(40_00), 101, "GB", 1, 1, 1);

        assertThat(score(Optional.empty(), pallet).hits())
                .containsExactly(new RuleHit("units", FraudOutcome.STEP_UP, "101 units in one order, more than 100"));
    }

    @Test
    void reviewsACurrencyWithoutFigures() {
        Score score = score(Optional.empty(), order(NOON, new Money(1_00, "XAF")));

        assertThat(score.outcome()).isEqualTo(FraudOutcome.REVIEW);
        assertThat(score.hits()).extracting(RuleHit::code).containsExactly("currency-unlisted");
    }

    @Test
    void ranksWithinAnOutcomeButNeverBeyondIt() {
        Score one = score(Optional.empty(), order(NOON, gbp(500_00)));
        Score two = score(Optional.empty(), order(NOON, gbp(1_000_00)));
        Score graver = score(Optional.empty(), order(NOON, gbp(2_500_00)));
        Score gravest = score(Optional.empty(), order(NOON, gbp(10_000_00)));

        assertThat(List.of(one.value(), two.value(), graver.value(), gravest.value()))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(two.outcome()).isEqualTo(FraudOutcome.STEP_UP);
        assertThat(two.value()).isBetween(0.3, 0.6);
        assertThat(gravest.value()).isBetween(0.9, 1.0);
    }

    @Test
    void namesARuleSetByItsThresholds() {
        assertThat(scorer.version()).isEqualTo("1-61f22526");
        assertThat(new RuleScorer(ScoringPropertiesTest.bound("units", "99").rules()).version())
                .isNotEqualTo(scorer.version());
    }

    private void assertVariety(IntFunction<Transaction> nth, int most, FraudOutcome outcome, String code) {
        CustomerHistory history =
                after(IntStream.rangeClosed(1, most - 1).mapToObj(nth).toList());
        Transaction allowed = nth.apply(most);

        assertThat(score(Optional.of(history), allowed).hits()).isEmpty();

        CustomerHistory full = fresh(Optional.of(history), allowed).history();
        Score score = score(Optional.of(full), nth.apply(most + 1));
        assertThat(score.outcome()).isEqualTo(outcome);
        assertThat(score.hits()).extracting(RuleHit::code).containsExactly(code);
    }

    private Score score(Optional<CustomerHistory> history, Transaction next) {
        return scorer.score(fresh(history, next).features());
    }
}
