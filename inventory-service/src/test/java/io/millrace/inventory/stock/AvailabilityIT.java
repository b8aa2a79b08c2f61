package io.millrace.inventory.stock;

import static io.millrace.inventory.InventoryFixtures.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.events.catalogue.Topics;
import io.millrace.events.inventory.AvailabilityChanged;
import io.millrace.events.inventory.AvailabilityChanged.AtLocation;
import io.millrace.events.inventory.AvailabilityEvent;
import io.millrace.inventory.InventoryFixtures;
import io.millrace.inventory.InventoryFixtures.Shop;
import io.millrace.inventory.InventoryIT;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventHeaders;
import io.millrace.testing.kafka.TopicProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the world is told of what can be sold. */
@InventoryIT
class AvailabilityIT {

    @Autowired
    private Shop shop;

    @Autowired
    private EventCodec codec;

    @Autowired
    private JdbcTemplate jdbc;

    private TopicProbe topic;

    @BeforeEach
    void listen() {
        topic = TopicProbe.fromNow(Topics.AVAILABILITY.name());
    }

    @AfterEach
    void stopListening() {
        topic.close();
    }

    private AvailabilityChanged awaitAvailable(String sku, long available) {
        return decode(topic.await(record -> isOf(sku, record) && decode(record).available() == available));
    }

    private List<AvailabilityChanged> published(String sku) {
        return topic.records().stream()
                .filter(record -> isOf(sku, record))
                .map(this::decode)
                .toList();
    }

    private static boolean isOf(String sku, ConsumerRecord<byte[], byte[]> found) {
        return TopicProbe.key(found).orElseThrow().equals(sku);
    }

    private AvailabilityChanged decode(ConsumerRecord<byte[], byte[]> found) {
        AvailabilityEvent event = codec.decode(
                Topics.AVAILABILITY, EventHeaders.read(found.headers()).type(), found.value());
        return switch (event) {
            case AvailabilityChanged changed -> changed;
        };
    }

    @Test
    void tellsWithinASecondWhatIsAvailableOverAllLocations() {
        String sku = shop.product(7);
        shop.receive(sku, "MAN-1", 3);
        awaitAvailable(sku, 10);
        Instant ordered = Instant.now();
        shop.place(line(sku, 2));

        AvailabilityChanged told = awaitAvailable(sku, 8);
        assertThat(Duration.between(ordered, Instant.now())).isLessThan(Duration.ofSeconds(1));
        assertThat(told.locations()).containsExactly(new AtLocation("LON-1", 5), new AtLocation("MAN-1", 3));
    }

    @Test
    void tellsOfReleasesAndNotOfAllocations() {
        String sku = shop.product(7);
        UUID confirmed = shop.place(line(sku, 2));
        UUID expired = shop.place(line(sku, 1));
        long held = awaitAvailable(sku, 4).version();
        shop.confirm(confirmed, 2);
        shop.awaitStatus(confirmed, "ALLOCATED");
        shop.expire(expired, 2);

        // 5 may have been told of before, between the two reservations
        AvailabilityChanged released = decode(topic.await(record -> isOf(sku, record)
                && decode(record).available() == 5
                && decode(record).version() > held));
        assertThat(released.version()).isEqualTo(held + 1);
    }

    @Test
    void tellsAtASteadyPaceOfAProductEverybodyWants() {
        String sku = shop.product(1_000);
        List<UUID> orders = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            orders.add(shop.place(line(sku, 1)));
        }
        shop.awaitAnswers(orders);
        awaitAvailable(sku, 0);

        List<AvailabilityChanged> told = published(sku);
        assertThat(told).hasSizeLessThan(60);
        assertThat(told).extracting(AvailabilityChanged::version).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void publishesTheCurrentStateAgainWhenItIsDue() {
        String sku = shop.product(7);
        long before = awaitAvailable(sku, 7).version();
        try (TopicProbe catalogue = TopicProbe.fromNow(Topics.CATALOGUE_ITEMS.name())) {
            jdbc.update("update republications set due_at = clock_timestamp()");

            ConsumerRecord<byte[], byte[]> listed = catalogue.await(record -> isOf(sku, record));
            assertThat(EventHeaders.read(listed.headers()).sequence()).isEqualTo(1);
            topic.await(record -> isOf(sku, record) && decode(record).version() == before + 1);
            assertThat(published(sku).getLast().available()).isEqualTo(7);
            await().atMost(InventoryFixtures.PATIENCE)
                    .until(() -> jdbc.queryForList("select name from republications where due_at <= clock_timestamp()")
                            .isEmpty());
        }
    }
}
