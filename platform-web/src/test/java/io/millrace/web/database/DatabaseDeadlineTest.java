package io.millrace.web.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.web.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class DatabaseDeadlineTest {

    /** A database that answers nothing, not even an interrupt, until the test ends. */
    private static String stuck(CountDownLatch end) {
        while (end.getCount() > 0) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            Thread.interrupted(); // else it would spin, and hold its carrier thread
        }
        return "late";
    }

    @Test
    void givesWhatTheReadGives() {
        assertThat(new DatabaseDeadline(Duration.ofSeconds(5), 1).read(() -> "order"))
                .isEqualTo("order");
    }

    @Test
    void throwsWhatTheReadThrows() {
        var deadline = new DatabaseDeadline(Duration.ofSeconds(5), 1);

        assertThatThrownBy(() -> deadline.read(() -> {
                    throw new IllegalArgumentException("mine");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mine");
        assertThat(deadline.read(() -> "and the next goes through")).isNotEmpty();
    }

    @Test
    void endsTheWaitAndInterruptsTheRead() {
        var deadline = new DatabaseDeadline(Duration.ofMillis(50), 1);
        var interrupted = new CompletableFuture<Boolean>();

        assertThatThrownBy(() -> deadline.read(() -> {
                    LockSupport.parkNanos(Duration.ofMinutes(1).toNanos());
                    return interrupted.complete(Thread.currentThread().isInterrupted());
                }))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        late -> assertThat(late.problem().status()).isEqualTo(503));
        assertThat(interrupted).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(true);
        await().untilAsserted(
                        () -> assertThat(deadline.read(() -> "free again")).isNotEmpty());
    }

    @Test
    void holdsNoMoreReadsThanAllowedWhateverIsStuck() {
        var deadline = new DatabaseDeadline(Duration.ofMillis(50), 2);
        var end = new CountDownLatch(1);
        var entered = new AtomicInteger();
        try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            var refused = new AtomicInteger();
            for (int request = 0; request < 50; request++) {
                requests.execute(() -> {
                    try {
                        deadline.read(() -> {
                            entered.incrementAndGet();
                            return stuck(end);
                        });
                    } catch (ProblemException late) {
                        refused.incrementAndGet();
                    }
                });
            }
            await().untilAsserted(() -> assertThat(refused).hasValue(50));
            assertThat(entered).hasValue(2);
            end.countDown();
        }
        await().untilAsserted(
                        () -> assertThat(deadline.read(() -> "free again")).isNotEmpty());
    }
}
