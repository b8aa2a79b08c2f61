package io.millrace.fraud.scoring.topology;

import static io.millrace.fraud.scoring.Transactions.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.Envelope;
import io.millrace.events.Event;
import io.millrace.events.Money;
import io.millrace.events.fraud.FraudOutcome;
import io.millrace.events.fraud.TransactionScored;
import io.millrace.events.order.PaymentAuthorised;
import io.millrace.events.order.TransactionInitiated;
import io.millrace.fraud.scoring.CustomerHistory;
import io.millrace.messaging.EventHeaders;
import io.millrace.testing.golden.Golden;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoringTopologyTest {

    private final ScoringDriver driver = new ScoringDriver();

    @AfterEach
    void close() {
        driver.close();
    }

    @ParameterizedTest
    @CsvSource({"4000, APPROVE", "120000, STEP_UP", "300000, REVIEW", "1000000, BLOCK"})
    void reachesEachOutcomeWithOneOrder(long minorUnits, FraudOutcome outcome) {
        driver.pipe(Initiated.by("c1", minorUnits, NOON));

        assertThat(driver.decisions()).extracting(TransactionScored::outcome).containsExactly(outcome);
    }

    @Test
    void hasTheShapeThatIsCommitted() {
        Golden.assertMatches("scoring-topology.txt", driver.describe());
    }

    @Test
    void saysWhatItDecidedAboutWhat() {
        TransactionInitiated event = Initiated.by("c1", 300_000, NOON);
        driver.pipe(event);

        TransactionScored scored = driver.decisions().getFirst();

        assertThat(scored.orderId()).isEqualTo(event.orderId());
        assertThat(scored.customerId()).isEqualTo("c1");
        assertThat(scored.amount()).isEqualTo(new Money(300_000, "GBP"));
        assertThat(scored.transactionAt()).isEqualTo(NOON);
        assertThat(scored.score()).isBetween(0.6, 0.9);
        assertThat(scored.rulesVersion()).startsWith("1-");
        assertThat(scored.reasons().getFirst())
                .isEqualTo(new TransactionScored.Reason("amount", "3000.00 GBP reaches the ceiling of 2500.00 GBP"));
    }

    @Test
    void wrapsTheDecisionInAnEnvelopeDerivedFromItsInput() {
        TransactionInitiated event = Initiated.by("c1", 4000, NOON);
        Envelope input = Initiated.envelope(event);
        driver.pipe(Initiated.record(event, input));
        TestRecord<byte[], byte[]> record = driver.decisionRecords().getFirst();
        Envelope envelope = EventHeaders.read(record.headers());

        assertThat(new String(record.key(), StandardCharsets.UTF_8))
                .isEqualTo(event.orderId().toString());
        assertThat(envelope.type()).isEqualTo("fraud.transaction-scored");
        assertThat(envelope.source()).isEqualTo("fraud-service");
        assertThat(envelope.subject()).isEqualTo(event.orderId().toString());
        assertThat(envelope.sequence()).isEqualTo(1);
        assertThat(envelope.correlationId()).isEqualTo(event.orderId().toString());
        assertThat(envelope.causationId()).isEqualTo(input.id());
        assertThat(envelope.time()).isEqualTo(input.time());
        assertThat(envelope.traceparent()).isEqualTo(input.traceparent());

        try (ScoringDriver again = new ScoringDriver()) {
            again.pipe(Initiated.record(event, input));
            assertThat(EventHeaders.read(again.decisionRecords().getFirst().headers()))
                    .isEqualTo(envelope);
        }
    }

    @Test
    void passesOverOtherEvents() {
        PaymentAuthorised other = new PaymentAuthorised(UUID.randomUUID(), UUID.randomUUID(), new Money(1, "GBP"));
        driver.pipe(recordOf(other, other.orderId()));

        assertThat(driver.decisions()).isEmpty();
        assertThat(driver.deadLetters()).isEmpty();
        assertThat(driver.counted("millrace.fraud.events.passed-over")).isEqualTo(1);
    }

    @Test
    void answersADuplicateWithNothing() {
        TransactionInitiated event = Initiated.by("c1", 4000, NOON);
        driver.pipe(event);
        CustomerHistory history = driver.histories().get("c1");
        driver.decisions();

        driver.pipe(event);
        driver.pipe(event); // another envelope, the same order

        assertThat(driver.decisions()).isEmpty();
        assertThat(driver.histories().get("c1")).isEqualTo(history);
        assertThat(driver.counted("millrace.fraud.transactions.duplicated")).isEqualTo(2);
    }

    @Test
    void endsInTheSameStateWhenEverythingComesTwice() {
        Random random = new Random(5);
        List<TransactionInitiated> log = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            log.add(Initiated.by(
                    "c" + random.nextInt(20), random.nextLong(1_500_00), NOON.plusSeconds(random.nextInt(7200))));
        }
        log.forEach(driver::pipe);
        try (ScoringDriver twice = new ScoringDriver()) {
            for (int i = 0; i < log.size(); i++) {
                twice.pipe(log.get(i));
                twice.pipe(log.get(random.nextInt(i + 1)));
            }
            assertThat(twice.decisions()).isEqualTo(driver.decisions());
            assertThat(state(twice)).isEqualTo(state(driver));
        }
    }

    @Test
    void countsALateTransactionWhereItBelongs() {
        driver.pipe(Initiated.by("c1", 4000, NOON));
        driver.pipe(Initiated.by("c1", 4000, NOON.minus(Duration.ofMinutes(5))));

        assertThat(driver.decisions()).hasSize(2);
        assertThat(driver.histories().get("c1").lastSeenAt()).isEqualTo(NOON);
        assertThat(driver.histories().get("c1").firstSeenAt()).isEqualTo(NOON.minus(Duration.ofMinutes(5)));
    }

    @Test
    void keepsCustomersApart() {
        for (int i = 0; i < 21; i++) {
            driver.pipe(Initiated.by("fast", 4000, NOON.plusSeconds(i)));
        }
        driver.pipe(Initiated.by("slow", 4000, NOON.plusSeconds(21)));

        List<TransactionScored> decisions = driver.decisions();
        assertThat(decisions.get(20).outcome()).isEqualTo(FraudOutcome.STEP_UP);
        assertThat(decisions.get(21).outcome()).isEqualTo(FraudOutcome.APPROVE);
    }

    @Test
    void refusesATransactionOlderThanAFullMemory() {
        TransactionInitiated first = Initiated.by("c1", 4000, NOON);
        driver.pipe(first);
        for (int i = 1; i <= CustomerHistory.CAPACITY; i++) {
            driver.pipe(Initiated.by("c1", 4000, NOON.plus(Duration.ofMinutes(20L * i))));
        }
        driver.decisions();

        driver.pipe(first);

        assertThat(driver.decisions()).isEmpty();
        assertThat(causes())
                .containsExactly(
                        "io.millrace.messaging.consumer.RefusedException: older than the window: it can't be told from a transaction"
                                + " scored before");
    }

    @Test
    void refusesATransactionOlderThanTheMemoryOfAnyCustomer() {
        driver.pipe(Initiated.by("c1", 4000, NOON));
        driver.decisions();

        driver.pipe(Initiated.by(
                "stranger", 4000, NOON.minus(CustomerHistory.MEMORY).minusSeconds(1)));

        assertThat(driver.decisions()).isEmpty();
        assertThat(causes()).singleElement().asString().contains("older than the window");
    }

    @Test
    void forgetsCustomersAwayForTooLong() {
        for (int i = 0; i < 10; i++) {
            driver.pipe(Initiated.by("old" + i, 4000, NOON));
        }
        driver.pipe(Initiated.by("young", 4000, NOON.plus(Duration.ofDays(20))));

        driver.pipe(Initiated.by("new", 4000, NOON.plus(CustomerHistory.MEMORY).plusSeconds(1)));

        assertThat(state(driver)).containsOnlyKeys("young", "new");
        assertThat(driver.counted("millrace.fraud.customers.forgotten")).isEqualTo(10);
    }

    @Test
    void looksAtTheStoreInParts() {
        int customers = ForgottenCustomers.PART + 500;
        for (int i = 0; i < customers; i++) {
            driver.pipe(Initiated.by("old" + i, 4000, NOON));
        }

        driver.pipe(Initiated.by("new", 4000, NOON.plus(Duration.ofDays(40))));
        assertThat(driver.counted("millrace.fraud.customers.forgotten")).isBetween(1999.0, 2000.0);

        driver.pipe(Initiated.by("new", 4000, NOON.plus(Duration.ofDays(40)).plus(ForgottenCustomers.EVERY)));
        assertThat(state(driver)).containsOnlyKeys("new");
    }

    private static TestRecord<byte[], byte[]> recordOf(Event event, UUID orderId) {
        return Initiated.record("c1", Initiated.CODEC.encode(event), Initiated.envelope(event, orderId, NOON), NOON);
    }

    private List<String> causes() {
        return driver.deadLetters().stream()
                .map(record ->
                        new String(record.headers().lastHeader("dlt_cause").value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static Map<String, CustomerHistory> state(ScoringDriver driver) {
        Map<String, CustomerHistory> state = new HashMap<>();
        try (KeyValueIterator<String, CustomerHistory> all = driver.histories().all()) {
            while (all.hasNext()) {
                KeyValue<String, CustomerHistory> next = all.next();
                state.put(next.key, next.value);
            }
        }
        return state;
    }
}
