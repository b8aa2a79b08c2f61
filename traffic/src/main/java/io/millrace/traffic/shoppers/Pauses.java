package io.millrace.traffic.shoppers;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting, which ends at once when the traffic is to stop. Thread-safe. */
final class Pauses {

    private final Duration mean;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * Pauses of a length.
     *
     * @param mean how long a visitor looks at something on average
     */
    Pauses(Duration mean) {
        this.mean = mean;
    }

    /** As long as a visitor looks at something; false when everybody is to leave. */
    boolean think(SplittableRandom chance) {
        return pause(Chance.time(mean, chance));
    }

    /** So long; false when everybody is to leave. */
    boolean pause(Duration time) {
        try {
            return !stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    void stop() {
        stopped.countDown();
    }
}
