package io.millrace.recommendation.sessions.topology;

import static io.millrace.recommendation.sessions.topology.Clicked.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.Envelope;
import io.millrace.events.recommendation.ItemAddedToCart;
import io.millrace.events.recommendation.ItemViewed;
import io.millrace.events.recommendation.RecommendationClicked;
import io.millrace.events.recommendation.SessionItemVisited;
import io.millrace.messaging.EventHeaders;
import io.millrace.recommendation.sessions.Visitor;
import io.millrace.testing.golden.Golden;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionTopologyTest {

    private final SessionDriver driver = new SessionDriver();

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void hasTheShapeThatIsCommitted() {
        Golden.assertMatches("session-topology.txt", driver.describe());
    }

    @Test
    void tellsWhatSessionsCameTo() {
        driver.pipe(Clicked.record(new ItemViewed("v1", "A", NOON)));
        driver.pipe(Clicked.record(new ItemAddedToCart("v1", "B", 2, NOON.plusSeconds(1))));
        driver.pipe(Clicked.record(new RecommendationClicked("v1", "C", "r1", 1, NOON.plusSeconds(2))));
        driver.pipe(Clicked.viewed("v2", "A", NOON.plusSeconds(3)));

        List<SessionItemVisited> visits = driver.visits();
        String session = visits.getFirst().sessionId();
        assertThat(visits)
                .containsExactly(
                        new SessionItemVisited(session, "A", List.of(), NOON),
                        new SessionItemVisited(session, "B", List.of("A"), NOON.plusSeconds(1)),
                        new SessionItemVisited(session, "C", List.of("B", "A"), NOON.plusSeconds(2)),
                        new SessionItemVisited(visits.getLast().sessionId(), "A", List.of(), NOON.plusSeconds(3)));
        assertThat(visits.getLast().sessionId()).isNotEqualTo(session);
        assertThat(driver.counted("millrace.recommendation.clicks.tracked")).isEqualTo(4);
    }

    @Test
    void wrapsAVisitInAnEnvelopeDerivedFromItsClick() {
        TestRecord<byte[], byte[]> click = Clicked.viewed("v1", "A", NOON);
        Envelope input = EventHeaders.read(click.headers());
        driver.pipe(click);
        driver.pipe(Clicked.viewed("v1", "B", NOON));
        List<TestRecord<byte[], byte[]>> records = driver.visitRecords();
        Envelope envelope = EventHeaders.read(records.getFirst().headers());
        String session = new String(records.getFirst().key(), StandardCharsets.UTF_8);

        assertThat(envelope.type()).isEqualTo("session.item-visited");
        assertThat(envelope.source()).isEqualTo("recommendation-service");
        assertThat(envelope.subject()).isEqualTo(session);
        assertThat(envelope.correlationId()).isEqualTo(session);
        assertThat(envelope.sequence()).isEqualTo(1);
        assertThat(envelope.causationId()).isEqualTo(input.id());
        assertThat(envelope.time()).isEqualTo(NOON);
        assertThat(envelope.traceparent()).isEqualTo(input.traceparent());
        assertThat(EventHeaders.read(records.getLast().headers()).sequence()).isEqualTo(2);

        try (SessionDriver again = new SessionDriver()) {
            again.pipe(click);
            assertThat(EventHeaders.read(again.visitRecords().getFirst().headers()))
                    .isEqualTo(envelope);
        }
    }

    @Test
    void changesNothingAtARepeatedClick() {
        TestRecord<byte[], byte[]> click = Clicked.viewed("v1", "A", NOON);
        driver.pipe(click);
        Visitor before = driver.visitors().get("v1");
        driver.visits();

        driver.pipe(click);
        driver.pipe(click);

        assertThat(driver.visits()).isEmpty();
        assertThat(driver.visitors().get("v1")).isEqualTo(before);
        assertThat(driver.counted("millrace.recommendation.clicks.duplicated")).isEqualTo(2);
    }

    @Test
    void putsLateAndUnorderedClicksByTheirOwnTime() {
        driver.pipe(Clicked.viewed("v1", "C", NOON.plusSeconds(300)));
        driver.pipe(Clicked.viewed("v1", "A", NOON.plusSeconds(100)));
        driver.pipe(Clicked.viewed("v1", "D", NOON.plusSeconds(9_000)));
        driver.pipe(Clicked.viewed("v1", "B", NOON.plusSeconds(200))); // its session has ended

        List<SessionItemVisited> visits = driver.visits();
        assertThat(visits).extracting(SessionItemVisited::sku).containsExactly("C", "A", "D");
        assertThat(visits.get(1).sessionId()).isEqualTo(visits.getFirst().sessionId());
        assertThat(visits.get(2).earlierSkus()).isEmpty();
        assertThat(driver.meters
                        .get("millrace.recommendation.clicks.tracked")
                        .tag("meaning", "late")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void forgetsTheVisitorNotSeenForLongestAndTellsTheChangelog() {
        for (String visitor : List.of("v1", "v2", "v3", "v1", "v4")) {
            driver.pipe(Clicked.viewed(visitor, "A", NOON));
        }

        assertThat(driver.visitors().get("v2")).isNull();
        assertThat(driver.visitors().get("v1")).isNotNull();
        assertThat(driver.changelog())
                .filteredOn(record -> record.value() == null)
                .singleElement()
                .satisfies(removal -> assertThat(new String(removal.key(), StandardCharsets.UTF_8))
                        .isEqualTo("v2"));
    }

    /** One visitor's many clicks take the room of others, and no more than there is. */
    @Test
    void holdsABoundedNumberOfBytes() {
        driver.pipe(Clicked.viewed("v1", "A", NOON));
        driver.pipe(Clicked.viewed("v2", "A", NOON));
        for (int i = 0; i < 150; i++) {
            driver.pipe(Clicked.viewed("busy", "S".repeat(60) + i % 20, NOON.plusSeconds(i)));
        }

        assertThat(driver.visitors().get("v1")).isNull();
        assertThat(driver.visitors().get("v2")).isNull();
        assertThat(driver.visitors().get("busy")).isNotNull();
        assertThat(driver.changelog())
                .filteredOn(record -> record.value() == null)
                .hasSize(2);
    }
}
