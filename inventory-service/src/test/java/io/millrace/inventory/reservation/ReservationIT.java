package io.millrace.inventory.reservation;

import static io.millrace.inventory.InventoryFixtures.Shop.line;
import static io.millrace.inventory.InventoryFixtures.Shop.placed;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.Envelope;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.inventory.ReservationEvent;
import io.millrace.events.inventory.StockRejected;
import io.millrace.events.inventory.StockRejected.Shortage;
import io.millrace.events.inventory.StockReserved;
import io.millrace.events.inventory.StockReserved.Hold;
import io.millrace.inventory.InventoryFixtures.Shop;
import io.millrace.inventory.InventoryIT;
import io.millrace.inventory.stock.Level;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventHeaders;
import io.millrace.messaging.EventIds;
import io.millrace.testing.kafka.TopicProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What orders' events do to stock, from topic to topic. */
@InventoryIT
class ReservationIT {

    private static final Duration SILENCE = Duration.ofMillis(500);

    @Autowired
    private Shop shop;

    @Autowired
    private EventCodec codec;

    private TopicProbe answers;

    @BeforeEach
    void listen() {
        answers = TopicProbe.fromNow(Topics.RESERVATIONS.name());
    }

    @AfterEach
    void stopListening() {
        answers.close();
        shop.assertConserved();
    }

    private ConsumerRecord<byte[], byte[]> answer(UUID orderId) {
        return answers.await(record -> TopicProbe.key(record).orElseThrow().equals(orderId.toString()));
    }

    private ReservationEvent event(UUID orderId) {
        ConsumerRecord<byte[], byte[]> found = answer(orderId);
        return codec.decode(
                Topics.RESERVATIONS, TopicProbe.header(found, EventHeaders.TYPE).orElseThrow(), found.value());
    }

    private long answersTo(UUID orderId) {
        return answers.listenFor(SILENCE).stream()
                .filter(record -> TopicProbe.key(record).orElseThrow().equals(orderId.toString()))
                .count();
    }

    @Test
    void holdsAPlacedOrderAndAnswersWhatLedToIt() {
        String sku = shop.product(10);
        UUID orderId = EventIds.next();
        UUID eventId = shop.send(1, placed(orderId, line(sku, 3)));

        assertThat(event(orderId)).isEqualTo(new StockReserved(orderId, List.of(new Hold(sku, "LON-1", 3))));
        Envelope envelope = EventHeaders.read(answer(orderId).headers());
        assertThat(envelope.subject()).isEqualTo(orderId.toString());
        assertThat(envelope.sequence()).isEqualTo(1);
        assertThat(envelope.correlationId()).isEqualTo(orderId.toString());
        assertThat(envelope.causationId()).isEqualTo(eventId);
        assertThat(envelope.source()).isEqualTo("inventory-service");
        assertThat(shop.level(sku)).isEqualTo(new Level(sku, "LON-1", 10, 3, 0, 0, 0, 0, 2));
    }

    @Test
    void sellsTheLastUnit() {
        String sku = shop.product(1);
        UUID orderId = shop.place(line(sku, 1));

        assertThat(event(orderId)).isInstanceOf(StockReserved.class);
        assertThat(shop.level(sku).available()).isZero();
    }

    @Test
    void countsTwoLinesOfOneProductTogether() {
        String sku = shop.product(3);
        UUID tooMuch = shop.place(line(sku, 2), line(sku, 2));
        assertThat(event(tooMuch)).isEqualTo(new StockRejected(tooMuch, List.of(new Shortage(sku, 4, 3))));

        UUID fits = shop.place(line(sku, 2), line(sku, 1));
        assertThat(event(fits)).isEqualTo(new StockReserved(fits, List.of(new Hold(sku, "LON-1", 3))));
    }

    @Test
    void holdsNothingOfAnOrderOfWhichOneProductFallsShort() {
        String plenty = shop.product(10);
        String scarce = shop.product(1);
        UUID orderId = shop.place(line(plenty, 1), line(scarce, 2), line("NEVER-LISTED", 1));

        assertThat(event(orderId))
                .isEqualTo(new StockRejected(
                        orderId, List.of(new Shortage("NEVER-LISTED", 1, 0), new Shortage(scarce, 2, 1))));
        assertThat(shop.level(plenty).held()).isZero();
    }

    @Test
    void allocatesOnConfirmation() {
        String sku = shop.product(10);
        UUID orderId = shop.place(line(sku, 3));
        shop.confirm(orderId, 2);

        shop.awaitStatus(orderId, "ALLOCATED");
        assertThat(shop.level(sku))
                .returns(0L, Level::held)
                .returns(3L, Level::allocated)
                .returns(10L, Level::onHand);
    }

    @Test
    void keepsTheHoldWhileTheOrderWaitsForAPerson() {
        String sku = shop.product(10);
        UUID orderId = shop.place(line(sku, 3));
        shop.hold(orderId, 2);
        shop.confirm(orderId, 3);

        shop.awaitStatus(orderId, "ALLOCATED");
        assertThat(shop.level(sku).allocated()).isEqualTo(3);
    }

    @Test
    void releasesOnRejectionAndOnExpiry() {
        String sku = shop.product(10);
        UUID rejected = shop.place(line(sku, 3));
        UUID expired = shop.place(line(sku, 4));
        shop.reject(rejected, 2);
        shop.expire(expired, 2);

        shop.awaitStatus(rejected, "RELEASED");
        shop.awaitStatus(expired, "RELEASED");
        assertThat(shop.level(sku)).returns(0L, Level::held).returns(10L, Level::available);
    }

    @Test
    void mintsNoStockByReleasingAnOrderThatItRefused() {
        String sku = shop.product(2);
        UUID orderId = shop.place(line(sku, 3));
        shop.reject(orderId, 2);
        UUID after = shop.place(line(sku, 2));

        assertThat(event(orderId)).isInstanceOf(StockRejected.class);
        assertThat(event(after)).isInstanceOf(StockReserved.class);
        assertThat(shop.level(sku)).returns(2L, Level::onHand).returns(0L, Level::available);
    }

    @Test
    void doesEverythingOnceThoughEveryRecordIsDeliveredTwice() {
        String sku = shop.product(10);
        UUID confirmed = EventIds.next();
        UUID expired = EventIds.next();
        for (int delivery = 0; delivery < 2; delivery++) {
            shop.send(1, placed(confirmed, line(sku, 3)));
            shop.send(1, placed(expired, line(sku, 2)));
            shop.confirm(confirmed, 2);
            shop.expire(expired, 2);
        }
        UUID last = shop.place(line(sku, 1));
        shop.awaitStatus(last, "HELD");
        shop.awaitStatus(confirmed, "ALLOCATED");
        shop.awaitStatus(expired, "RELEASED");

        assertThat(answersTo(confirmed)).isEqualTo(1);
        assertThat(answersTo(expired)).isEqualTo(1);
        assertThat(shop.level(sku)).returns(3L, Level::allocated).returns(1L, Level::held);
    }

    @Test
    void holdsNothingForAnOrderThatEndedBeforeItsPlacingWasSeen() {
        String sku = shop.product(10);
        UUID orderId = EventIds.next();
        shop.expire(orderId, 2);
        shop.awaitStatus(orderId, "RELEASED");
        shop.send(1, placed(orderId, line(sku, 3)));
        UUID after = EventIds.next();
        shop.send(1, placed(after, line(sku, 1)));
        shop.awaitStatus(after, "HELD");

        assertThat(answersTo(orderId)).isZero();
        assertThat(shop.status(orderId)).isEqualTo("RELEASED");
        assertThat(shop.level(sku).held()).isEqualTo(1);
    }

    @Test
    void setsAsideTheConfirmationOfAnOrderForWhichNothingIsPromised() {
        try (TopicProbe deadLetters = TopicProbe.fromNow(Topics.ORDER_EVENTS.deadLetters("inventory-service.orders"))) {
            UUID neverPlaced = EventIds.next();
            shop.confirm(neverPlaced, 2);
            UUID refused = shop.place(line(shop.product(), 1));
            shop.confirm(refused, 2);

            deadLetters.await(record -> TopicProbe.key(record).orElseThrow().equals(neverPlaced.toString()));
            deadLetters.await(record -> TopicProbe.key(record).orElseThrow().equals(refused.toString()));
            assertThat(shop.status(refused)).isEqualTo("REJECTED");
        }
    }

    @Test
    void setsAsideWhatIsNoOrder() {
        try (TopicProbe deadLetters = TopicProbe.fromNow(Topics.ORDER_EVENTS.deadLetters("inventory-service.orders"))) {
            UUID withoutLines = shop.place();
            UUID withoutUnits = shop.place(line(shop.product(5), 0));
            UUID uncountable = shop.place(line("A", Integer.MAX_VALUE), line("A", 1));

            for (UUID orderId : List.of(withoutLines, withoutUnits, uncountable)) {
                deadLetters.await(record -> TopicProbe.key(record).orElseThrow().equals(orderId.toString()));
                assertThat(shop.status(orderId)).isEmpty();
            }
        }
    }

    @Test
    void setsAsideAPlacingOlderThanReservationsAreRemembered() {
        try (TopicProbe deadLetters = TopicProbe.fromNow(Topics.ORDER_EVENTS.deadLetters("inventory-service.orders"))) {
            UUID orderId = EventIds.next();
            shop.send(
                    1, placed(orderId, line(shop.product(5), 1)), Instant.now().minus(Duration.ofDays(36)));

            deadLetters.await(record -> TopicProbe.key(record).orElseThrow().equals(orderId.toString()));
            assertThat(shop.status(orderId)).isEmpty();
        }
    }
}
