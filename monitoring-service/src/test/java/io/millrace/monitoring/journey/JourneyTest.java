package io.millrace.monitoring.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JourneyTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final JourneyEvent placed = event("placed", "order.placed", 0, null);
    private final JourneyEvent reserved = event("reserved", "stock.reserved", 40, "placed");
    private final JourneyEvent confirmed = event("confirmed", "order.confirmed", 100, "reserved");

    @Test
    void ordersByTimeAndSaysHowLongEachStepTook() {
        Journey journey = Journey.of(UUID.randomUUID(), List.of(confirmed, placed, reserved), List.of());

        assertThat(journey.events()).extracting(JourneyEvent::id).containsExactly("placed", "reserved", "confirmed");
        assertThat(journey.events())
                .extracting(JourneyEvent::sincePreviousMillis)
                .containsExactly(0L, 40L, 60L);
        assertThat(journey.startedAt()).isEqualTo(NOON);
        assertThat(journey.endedAt()).isEqualTo(NOON.plusMillis(100));
    }

    @Test
    void putsAnEventBehindItsCauseThoughItsClockIsEarlier() {
        JourneyEvent early = event("reserved", "stock.reserved", -30, "placed");

        Journey journey = Journey.of(UUID.randomUUID(), List.of(early, confirmed, placed), List.of());

        assertThat(journey.events()).extracting(JourneyEvent::id).containsExactly("placed", "reserved", "confirmed");
        assertThat(journey.events())
                .extracting(JourneyEvent::sincePreviousMillis)
                .containsExactly(0L, 0L, 130L);
    }

    @Test
    void showsAnEventThatWasPublishedTwiceOnce() {
        JourneyEvent again = new JourneyEvent(
                "topic",
                0,
                99,
                "placed",
                "order.placed",
                "s",
                NOON,
                0,
                1L,
                null,
                null,
                JsonMapper.shared().createObjectNode());

        assertThat(Journey.of(UUID.randomUUID(), List.of(placed, again, reserved), List.of())
                        .events())
                .extracting(JourneyEvent::id)
                .containsExactly("placed", "reserved");
    }

    @Test
    void isOpenUntilTheOrderIsDecided() {
        assertThat(Journey.of(UUID.randomUUID(), List.of(placed, reserved), List.of())
                        .endedAt())
                .isNull();
    }

    @Test
    void keepsEveryEventWhateverTheCausesSay() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            int count = 1 + random.nextInt(8);
            List<JourneyEvent> events = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                // circles, itself and the unknown among the causes
                String cause = random.nextBoolean() ? null : "e" + random.nextInt(count + 1);
                events.add(event("e" + i, "t", random.nextInt(100), cause));
            }
            Collections.shuffle(events, random);

            assertThat(Journey.ordered(events)).containsExactlyInAnyOrderElementsOf(events);
        }
    }

    private static JourneyEvent event(String id, String type, long millis, @Nullable String cause) {
        return new JourneyEvent(
                "topic",
                0,
                millis,
                id,
                type,
                "s",
                NOON.plusMillis(millis),
                0,
                1L,
                cause,
                null,
                JsonMapper.shared().createObjectNode());
    }
}
