package io.millrace.fraud.scoring;

import static io.millrace.fraud.scoring.Transactions.NOON;
import static io.millrace.fraud.scoring.Transactions.after;
import static io.millrace.fraud.scoring.Transactions.any;
import static io.millrace.fraud.scoring.Transactions.every;
import static io.millrace.fraud.scoring.Transactions.fresh;
import static io.millrace.fraud.scoring.Transactions.gbp;
import static io.millrace.fraud.scoring.Transactions.order;
import static io.millrace.fraud.scoring.Transactions.orderAt;
import static io.millrace.fraud.scoring.Transactions.paidBy;
import static io.millrace.fraud.scoring.Transactions.sentFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.events.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureEngineTest {

    @Test
    void countsNothingForTheFirstTransaction() {
        Features features = fresh(Optional.empty(), orderAt(NOON)).features();

        assertThat(features.priorDay()).isZero();
        assertThat(features.payments()).isEqualTo(1);
        assertThat(features.knownFor()).isZero();
        assertThat(features.ownAmounts()).isEmpty();
    }

    @Test
    void countsABurstWhole() {
        // Six within nine minutes, whichever ten-minute raster one lays over them.
        CustomerHistory history = after(every(Duration.ofSeconds(100), 5, NOON));

        assertThat(fresh(Optional.of(history), orderAt(NOON)).features().priorTenMinutes())
                .isEqualTo(5);
    }

    @Test
    void leavesOutWhatLiesExactlyOneWindowBack() {
        CustomerHistory history = after(List.of(
                orderAt(NOON.minus(Duration.ofHours(24))),
                orderAt(NOON.minus(Duration.ofHours(24)).plusMillis(1)),
                orderAt(NOON.minus(Duration.ofHours(1))),
                orderAt(NOON.minus(Duration.ofHours(1)).plusMillis(1)),
                orderAt(NOON.minus(Duration.ofMinutes(10))),
                orderAt(NOON.minus(Duration.ofMinutes(10)).plusMillis(1)),
                orderAt(NOON)));

        Features features = fresh(Optional.of(history), orderAt(NOON)).features();

        assertThat(features.priorDay()).isEqualTo(6);
        assertThat(features.priorHour()).isEqualTo(4);
        assertThat(features.priorTenMinutes()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithACountOverTheWholeLog(long seed) {
        Random random = new Random(seed);
        List<Transaction> log = new ArrayList<>();
        Optional<CustomerHistory> history = Optional.empty();
        for (int i = 0; i < CustomerHistory.CAPACITY; i++) { // as they come: early, late, at equal times
            Transaction next = any(random, Duration.ofHours(1L << random.nextInt(6)));
            Applied.Fresh fresh = fresh(history, next);

            assertThat(fresh.features().priorTenMinutes()).isEqualTo(count(log, next, Window.TEN_MINUTES));
            assertThat(fresh.features().priorHour()).isEqualTo(count(log, next, Window.HOUR));
            assertThat(fresh.features().priorDay()).isEqualTo(count(log, next, Window.DAY));
            assertThat(fresh.features().payments()).isEqualTo(distinct(log, next, Transaction::payment));
            assertThat(fresh.features().addresses()).isEqualTo(distinct(log, next, Transaction::address));
            assertThat(fresh.features().countries()).isEqualTo(distinct(log, next, Transaction::country));
            assertThat(fresh.features().devices()).isEqualTo(devices(log, next));
            log.add(next);
            history = Optional.of(fresh.history());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void endsInTheSameStateWhateverTheOrderOfArrival(long seed) {
        Random random = new Random(seed);
        List<Transaction> sorted = Stream.generate(() -> any(random, Duration.ofDays(30)))
                .limit(CustomerHistory.CAPACITY)
                .sorted(Comparator.comparing(Transaction::at))
                .toList();
        List<Transaction> shuffled = new ArrayList<>(sorted);
        Collections.shuffle(shuffled, random);

        CustomerHistory inOrder = after(sorted);
        CustomerHistory mixed = after(shuffled);

        assertThat(mixed.recent()).isEqualTo(inOrder.recent());
        assertThat(mixed.firstSeenAt()).isEqualTo(inOrder.firstSeenAt());
        for (AmountStatistics expected : inOrder.amounts()) {
            AmountStatistics actual = mixed.amounts(expected.currency()).orElseThrow();
            assertThat(actual.count()).isEqualTo(expected.count());
            assertThat(actual.at()).isEqualTo(expected.at());
            assertThat(actual.weight()).isCloseTo(expected.weight(), within(1e-9));
            assertThat(actual.mean()).isCloseTo(expected.mean(), within(1e-9));
            assertThat(actual.squares()).isCloseTo(expected.squares(), within(1e-7));
        }
    }

    @Test
    void recognisesADuplicate() {
        Transaction first = orderAt(NOON);
        CustomerHistory history = after(List.of(first, orderAt(NOON.plusSeconds(1))));

        assertThat(FeatureEngine.apply(Optional.of(history), first)).isEqualTo(new Applied.Duplicate());
    }

    @Test
    void refusesWhatMayHaveBeenForgottenForLackOfRoom() {
        List<Transaction> all = every(Duration.ofMinutes(1), CustomerHistory.CAPACITY + 1, NOON);
        CustomerHistory history = after(all);

        assertThat(history.recent()).hasSize(CustomerHistory.CAPACITY);
        assertThat(FeatureEngine.apply(Optional.of(history), all.getFirst())).isEqualTo(new Applied.TooOld());
        assertThat(FeatureEngine.apply(
                        Optional.of(history), orderAt(all.getFirst().at().plusSeconds(30))))
                .isInstanceOf(Applied.Fresh.class);
    }

    @Test
    void refusesWhatMayHaveBeenForgottenForItsAge() {
        Transaction old = orderAt(NOON.minus(Duration.ofDays(36)));
        CustomerHistory history = after(List.of(old, orderAt(NOON.minus(Duration.ofDays(20))), orderAt(NOON)));

        assertThat(history.recent()).hasSize(2);
        assertThat(FeatureEngine.apply(Optional.of(history), old)).isEqualTo(new Applied.TooOld());
        assertThat(FeatureEngine.apply(Optional.of(history), orderAt(NOON.minus(Duration.ofDays(34)))))
                .isInstanceOf(Applied.Fresh.class);
    }

    @Test
    void startsAfreshWithACustomerAwayForTooLong() {
        CustomerHistory history = after(every(Duration.ofHours(1), 20, NOON));
        Instant back = history.lastSeenAt().plus(CustomerHistory.MEMORY).plusMillis(1);

        Applied.Fresh fresh = fresh(Optional.of(history), orderAt(back));

        assertThat(fresh.features().knownFor()).isZero();
        assertThat(fresh.history().recent()).hasSize(1);
        assertThat(fresh.history().firstSeenAt()).isEqualTo(back);
    }

    @Test
    void comparesAmountsOfOneCurrencyOnly() {
        CustomerHistory history = after(List.of(order(NOON, gbp(10_00)), order(NOON.plusSeconds(1), gbp(40_00))));

        Features sterling = fresh(Optional.of(history), order(NOON.plusSeconds(2), gbp(200_00)))
                .features();
        Features yen = fresh(Optional.of(history), order(NOON.plusSeconds(2), new Money(200_00, "JPY")))
                .features();

        assertThat(sterling.ownAmounts().orElseThrow().typicalMinorUnits()).isCloseTo(20_00, within(0.01));
        assertThat(sterling.ownAmounts().orElseThrow().multiple()).isCloseTo(10, within(1e-3));
        assertThat(yen.ownAmounts()).isEmpty();
    }

    @Test
    void forgetsTheCurrencyUnusedForLongest() {
        List<String> currencies = List.of("GBP", "EUR", "USD", "CHF", "SEK");
        List<Transaction> all = new ArrayList<>();
        for (String currency : currencies) {
            all.add(order(NOON.plusSeconds(all.size()), new Money(10_00, currency)));
        }

        assertThat(after(all).amounts())
                .extracting(AmountStatistics::currency)
                .containsExactlyInAnyOrderElementsOf(currencies.subList(1, 5));
    }

    @Test
    void doesNotCountAMissingDevice() {
        CustomerHistory history = after(List.of(sentFrom(NOON, Transaction.NO_DEVICE), sentFrom(NOON, 7)));

        assertThat(fresh(Optional.of(history), paidBy(NOON, 2)).features().devices())
                .isEqualTo(2);
    }

    private static int count(List<Transaction> log, Transaction now, Window window) {
        return (int) inside(log, now, window).count();
    }

    private static int distinct(List<Transaction> log, Transaction now, Function<Transaction, Object> value) {
        return (int) Stream.concat(inside(log, now, Window.DAY), Stream.of(now))
                .map(value)
                .distinct()
                .count();
    }

    private static int devices(List<Transaction> log, Transaction now) {
        return (int) Stream.concat(inside(log, now, Window.DAY), Stream.of(now))
                .map(Transaction::device)
                .filter(device -> device != Transaction.NO_DEVICE)
                .distinct()
                .count();
    }

    private static Stream<Transaction> inside(List<Transaction> log, Transaction now, Window window) {
        return log.stream()
                .filter(each -> !each.at().isAfter(now.at()))
                .filter(each -> each.at().plus(window.length()).isAfter(now.at()));
    }
}
