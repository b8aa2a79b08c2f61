package io.millrace.traffic.shoppers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Map<String, Long> LOW = Map.of("berlin", 4L, "lyon", 0L, "rotterdam", 5L);

    @Test
    void bringsNothingWhereThereIsEnough() {
        assertThat(IntStream.range(0, 200)
                        .mapToObj(i -> Delivery.of("SKU-" + i, Map.of("berlin", 4L, "lyon", 6L), NOON, 12)))
                .allMatch(Optional::isEmpty);
    }

    @Test
    void bringsWhatRunsLowInOneSlotOfFour() {
        long delivered = IntStream.range(0, 1_000)
                .filter(i -> Delivery.of("SKU-" + i, LOW, NOON, 12).isPresent())
                .count();
        assertThat(delivered).isBetween(200L, 300L);
        assertThat(IntStream.range(0, 40)
                        .mapToObj(slot -> Delivery.of("SKU-1", LOW, NOON.plus(Delivery.SLOT.multipliedBy(slot)), 12)))
                .as("each product some time within hours")
                .anyMatch(Optional::isPresent);
    }

    @Test
    void isTheSameDeliveryWithinASlotHoweverOftenItIsAskedFor() {
        String sku = deliveredAtNoon();
        Delivery first = Delivery.of(sku, LOW, NOON, 12).orElseThrow();
        Map<String, Long> lower = Map.of("berlin", 0L, "lyon", 0L, "rotterdam", 1L);
        assertThat(Delivery.of(sku, lower, NOON.plusSeconds(899), 12)).contains(first);
        Optional<Delivery> later = Delivery.of(sku, lower, NOON.plusSeconds(900), 12);
        assertThat(later.map(Delivery::receiptId)).isNotEqualTo(Optional.of(first.receiptId()));
    }

    @Test
    void hasAReceiptTheShopTakes() {
        for (int i = 0; i < 100; i++) {
            Delivery.of("SKU-" + i, LOW, NOON, 45).ifPresent(delivery -> {
                assertThat(delivery.receiptId()).matches("[!-~]{1,64}");
                assertThat(delivery.location()).isIn(LOW.keySet());
                assertThat(delivery.quantity()).isBetween(120, 240);
            });
        }
    }

    @Test
    void knowsAPlaceForWhatWasNeverInStock() {
        assertThat(Delivery.of(deliveredAtNoon(), Map.of(), NOON, 12))
                .map(Delivery::location)
                .contains("berlin");
    }

    private static String deliveredAtNoon() {
        return IntStream.range(0, 100)
                .mapToObj(i -> "SKU-" + i)
                .filter(sku -> Delivery.of(sku, LOW, NOON, 12).isPresent())
                .findFirst()
                .orElseThrow();
    }
}
