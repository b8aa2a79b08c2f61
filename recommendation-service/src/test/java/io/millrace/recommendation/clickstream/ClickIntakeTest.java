package io.millrace.recommendation.clickstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.recommendation.clickstream.ClickIntake.Answer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClickIntakeTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Click> kept = new ArrayList<>();
    private boolean away;

    private final ClickIntake intake = new ClickIntake(
            (clicks, now) -> !away && kept.addAll(clicks), new ClickMeters(meters), Clock.fixed(NOON, ZoneOffset.UTC));

    @Test
    void keepsWhatIsGoodAndNamesWhatIsNot() {
        Answer answer = intake.take(List.of(viewed("v1", NOON), viewed("", NOON), viewed("v2", NOON)));

        assertThat(answer).isInstanceOfSatisfying(Answer.Kept.class, answered -> {
            assertThat(answered.accepted()).isEqualTo(2);
            assertThat(answered.rejected()).isEqualTo(1);
            assertThat(answered.errors()).hasSize(1);
            assertThat(answered.errors().getFirst().index()).isEqualTo(1);
            assertThat(answered.errors().getFirst().field()).isEqualTo("visitorId");
        });
        assertThat(kept).extracting(click -> click.event().visitorId()).containsExactly("v1", "v2");
    }

    @Test
    void countsEveryRefusalAndNamesTheFirstOnly() {
        List<ReportedClick> batch = Stream.concat(
                        IntStream.range(0, 30).mapToObj(i -> viewed("v1", NOON.plusSeconds(3_600))),
                        IntStream.range(0, 10).mapToObj(i -> viewed("v1", NOON.minusSeconds(100_000))))
                .toList();

        assertThat(intake.take(batch)).isInstanceOfSatisfying(Answer.Kept.class, answered -> {
            assertThat(answered.rejected()).isEqualTo(40);
            assertThat(answered.errors()).hasSize(ClickIntake.MOST_ERRORS);
        });
        assertThat(rejected("from-the-future")).isEqualTo(30);
        assertThat(rejected("too-old")).isEqualTo(10);
        assertThat(kept).isEmpty();
    }

    @Test
    void countsNothingOfABatchThatIsToComeAgain() {
        away = true;

        assertThat(intake.take(List.of(viewed("v1", NOON), viewed("", NOON)))).isEqualTo(new Answer.Unavailable());
        assertThat(meters.get("millrace.recommendation.clicks.accepted").counters())
                .allSatisfy(counter -> assertThat(counter.count()).isZero());
        assertThat(rejected("visitor")).isZero();
    }

    private double rejected(String reason) {
        Counter counter = meters.get("millrace.recommendation.clicks.rejected")
                .tag("reason", reason)
                .counter();
        return counter.count();
    }

    private static ReportedClick viewed(String visitor, Instant at) {
        return new ReportedClick(
                UUID.randomUUID().toString(), "item-viewed", visitor, "TEA-1", null, null, null, at.toString());
    }
}
