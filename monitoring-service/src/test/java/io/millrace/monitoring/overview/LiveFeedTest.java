package io.millrace.monitoring.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.monitoring.orders.OrderFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LiveFeedTest {

    private static final OverviewProperties PROPERTIES =
            new OverviewProperties(Duration.ofSeconds(15), 5, Duration.ofMinutes(15));

    @Test
    void goesOnAfterASummaryThatFailed() throws InterruptedException {
        assertThat(isWatchedAfter(() -> {
                    throw new IllegalStateException("the first summary fails");
                }))
                .isTrue();
    }

    @Test
    void goesOnForThoseWhoWatchAfterItsWorkerDied() throws InterruptedException {
        assertThat(isWatchedAfter(() -> {
                    throw new AssertionError("the first worker dies");
                }))
                .isTrue();
    }

    private static boolean isWatchedAfter(Supplier<Summary> first) throws InterruptedException {
        AtomicInteger read = new AtomicInteger();
        LiveFeed feed = new LiveFeed(
                () -> read.getAndIncrement() == 0 ? first.get() : summary(), PROPERTIES, new SimpleMeterRegistry());
        feed.start();
        try (LiveFeed.Watch watch = feed.watch().orElseThrow()) {
            for (int i = 0; i < 10; i++) {
                if (watch.next(Duration.ofSeconds(1)).isPresent()) {
                    return true;
                }
            }
            return false;
        } finally {
            feed.stop();
        }
    }

    private static Summary summary() {
        return new Summary(
                Instant.EPOCH,
                0,
                List.of(),
                new OrderFigures(List.of(), List.of(), null),
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                new Summary.TelemetryRates(0, 0, 0));
    }
}
