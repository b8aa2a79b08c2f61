package io.millrace.recommendation.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.recommendation.sessions.Tracked.Again;
import io.millrace.recommendation.sessions.Tracked.Arrived;
import io.millrace.recommendation.sessions.Tracked.Duplicate;
import io.millrace.recommendation.sessions.Tracked.Excessive;
import io.millrace.recommendation.sessions.Tracked.Late;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTrackerTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private @Nullable Visitor visitor;

    @Test
    void beginsASessionWithTheFirstClick() {
        Arrived arrived = arrived(visit("A", 0));

        assertThat(arrived.earlier()).isEmpty();
        assertThat(arrived.sessionId()).startsWith(VisitorKey.of("v1").text() + "-");
        assertThat(VisitorKey.ofSession(arrived.sessionId())).isEqualTo(VisitorKey.of("v1"));
        assertThat(arrived.visitor().visits()).isEqualTo(1);
    }

    @Test
    void tellsEachProductWithTheOthersNewestFirst() {
        String session = arrived(visit("A", 0)).sessionId();
        arrived(visit("B", 10));
        Arrived third = arrived(visit("C", 20));

        assertThat(third.sessionId()).isEqualTo(session);
        assertThat(third.earlier()).containsExactly("B", "A");
        assertThat(third.visitor().visits()).isEqualTo(3);
    }

    @Test
    void comesToAProductOnceAndRemembersItAsNewest() {
        arrived(visit("A", 0));
        arrived(visit("B", 10));

        assertThat(track(visit("A", 20))).isInstanceOf(Again.class);
        assertThat(arrived(visit("C", 30)).earlier()).containsExactly("A", "B");
    }

    @Test
    void goesOnAfterAPauseOfHalfAnHourAndNoLonger() {
        String first = arrived(visit("A", 0)).sessionId();

        assertThat(arrived(visit("B", 1_800)).sessionId()).isEqualTo(first);
        Arrived next = arrived(
                new Visit(UUID.randomUUID(), "v1", "C", NOON.plusSeconds(3_600).plusMillis(1)));
        assertThat(next.sessionId()).isNotEqualTo(first);
        assertThat(next.earlier()).isEmpty();
    }

    @Test
    void comesToAProductAgainInTheNextSession() {
        arrived(visit("A", 0));

        assertThat(arrived(visit("A", 5_000)).earlier()).isEmpty();
    }

    @Test
    void countsAClickOnce() {
        Visit click = visit("A", 0);
        arrived(click);
        Visitor before = visitor;

        assertThat(track(click)).isInstanceOf(Duplicate.class);
        assertThat(visitor).isEqualTo(before);
        arrived(visit("B", 10_000)); // the next session
        assertThat(track(click)).isInstanceOf(Duplicate.class);
    }

    @Test
    void putsAClickThatCameLateWhereItBelongs() {
        arrived(visit("A", 100));
        arrived(visit("C", 300));
        Arrived late = arrived(visit("B", 200));

        assertThat(late.earlier()).containsExactly("C", "A");
        assertThat(arrived(visit("D", 400)).earlier()).containsExactly("C", "B", "A");
    }

    @Test
    void isExtendedBackwards() {
        String session = arrived(visit("B", 1_800)).sessionId();

        assertThat(arrived(visit("A", 0)).sessionId()).isEqualTo(session);
        assertThat(arrived(visit("Z", -1_800)).sessionId()).isEqualTo(session);
    }

    @Test
    void leavesEndedSessionsAsTheyWere() {
        arrived(visit("A", 0));
        Arrived second = arrived(visit("B", 5_000));

        assertThat(track(visit("C", 100))).isInstanceOf(Late.class);
        assertThat(arrived(visit("D", 5_010)).earlier()).containsExactly("B");
        assertThat(visitor).isNotNull();
        assertThat(arrived(visit("E", 5_020)).sessionId()).isEqualTo(second.sessionId());
    }

    @Test
    void remembersTheNewestTwentyProducts() {
        for (int i = 0; i < 25; i++) {
            arrived(visit("S" + i, i));
        }
        Arrived last = arrived(visit("LAST", 100));

        assertThat(last.earlier()).hasSize(20).startsWith("S24", "S23").endsWith("S5");
        assertThat(track(visit("OLD", 2))).isInstanceOf(Late.class); // it may have been there
    }

    @Test
    void stopsCountingWhereNobodyLooksAnyMore() {
        for (int i = 0; i < Visitor.MOST_VISITS; i++) {
            arrived(visit("S" + i, i));
        }

        assertThat(track(visit("NEXT", 300))).isInstanceOf(Excessive.class);
        assertThat(track(visit("S199", 301))).isInstanceOf(Again.class);
        assertThat(arrived(visit("NEXT", 10_000)).earlier()).isEmpty();
    }

    @Test
    void knowsTheNewestClicksWhenTheyComeAgain() {
        List<Visit> clicks = new ArrayList<>();
        for (int i = 0; i < SeenClicks.CAPACITY; i++) {
            clicks.add(visit("S" + i % 40, i));
        }
        clicks.forEach(this::track);
        Visitor before = visitor;

        assertThat(clicks).allSatisfy(click -> assertThat(track(click)).isInstanceOf(Duplicate.class));
        assertThat(visitor).isEqualTo(before);
    }

    /** More clicks than are remembered: those are told by their times. */
    @ParameterizedTest
    @ValueSource(ints = {5, 20, 21, 40, 190, 500})
    void countsTwoLargestBatchesThatComeAgainNowhere(int products) {
        List<Visit> clicks = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            clicks.add(visit("S" + i % products, i));
        }
        clicks.forEach(this::track);
        Visitor before = visitor;

        assertThat(clicks).allSatisfy(click -> assertThat(track(click)).isNotInstanceOf(Arrived.class));
        assertThat(visitor)
                .isNotNull()
                .usingRecursiveComparison()
                .ignoringFields("seen")
                .isEqualTo(before);
    }

    /** Whatever order a session's clicks come in, it comes to the same products once each. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void comesToTheSameProductsInAnyOrder(long seed) {
        Random random = new Random(seed);
        List<Visit> clicks = new ArrayList<>();
        Set<String> products = new TreeSet<>();
        for (int i = 0; i < 30; i++) {
            String sku = "S" + random.nextInt(15);
            products.add(sku);
            clicks.add(visit(sku, random.nextInt(1_800)));
        }
        clicks.addAll(clicks.subList(0, 10));
        Collections.shuffle(clicks, random);

        List<String> arrivals = new ArrayList<>();
        Set<String> sessions = new TreeSet<>();
        for (Visit click : clicks) {
            if (track(click) instanceof Arrived arrived) {
                arrivals.add(click.sku());
                sessions.add(arrived.sessionId());
            }
        }

        assertThat(arrivals).containsExactlyInAnyOrderElementsOf(products);
        assertThat(sessions).hasSize(1);
    }

    @Test
    void refusesWhatCannotBe() {
        UUID id = UUID.randomUUID();
        assertThatThrownBy(() -> new Visit(id, " ", "A", NOON)).hasMessageContaining("visitorId");
        assertThatThrownBy(() -> new Visit(id, "v1", "tea time", NOON)).hasMessageContaining("sku");
        assertThatThrownBy(() -> new Visit(id, "v1", "A", Instant.EPOCH.minusMillis(1)))
                .hasMessageContaining("1970");
        assertThat(new Visit(id, "v1", "A", NOON.plusNanos(1)).at()).isEqualTo(NOON);
    }

    private Arrived arrived(Visit visit) {
        Tracked tracked = track(visit);
        assertThat(tracked).isInstanceOf(Arrived.class);
        return (Arrived) tracked;
    }

    private Tracked track(Visit visit) {
        Tracked tracked = SessionTracker.track(Optional.ofNullable(visitor), visit);
        switch (tracked) {
            case Arrived arrived -> visitor = arrived.visitor();
            case Again(Visitor after) -> visitor = after;
            case Late(Visitor after) -> visitor = after;
            case Excessive(Visitor after) -> visitor = after;
            case Duplicate() -> {}
        }
        return tracked;
    }

    private static Visit visit(String sku, int seconds) {
        return new Visit(UUID.randomUUID(), "v1", sku, NOON.plus(Duration.ofSeconds(seconds)));
    }
}
