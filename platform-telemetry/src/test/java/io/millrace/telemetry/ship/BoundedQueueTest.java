package io.millrace.telemetry.ship;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoundedQueueTest {

    private static final KeyValue ITEM = Attributes.of("key", "0123456789");
    private static final int SIZE = ITEM.getSerializedSize();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private BoundedQueue<KeyValue> queue(int capacity, long maxBytes, int batch, long batchBytes) {
        return new BoundedQueue<>(Signal.LOGS, capacity, maxBytes, batch, batchBytes, new ShippingMeters(registry));
    }

    private double dropped() {
        return registry.get("millrace.telemetry.dropped")
                .tags("signal", "logs", "reason", "queue-full")
                .counter()
                .count();
    }

    private static void offer(BoundedQueue<KeyValue> queue, int times) {
        for (int i = 0; i < times; i++) {
            queue.offer(ITEM);
        }
    }

    @Test
    void dropsAndCountsWhatIsMoreThanItsNumber() {
        BoundedQueue<KeyValue> queue = queue(3, 1_000_000, 10, 1_000_000);

        offer(queue, 5);

        assertThat(queue.size()).isEqualTo(3);
        assertThat(dropped()).isEqualTo(2);
    }

    @Test
    void dropsAndCountsWhatIsMoreThanItsBytes() {
        BoundedQueue<KeyValue> queue = queue(100, 2L * SIZE + 1, 10, 1_000_000);

        offer(queue, 5);

        assertThat(queue.size()).isEqualTo(2);
        assertThat(dropped()).isEqualTo(3);
    }

    @Test
    void takesAgainWhatThereIsRoomForOnceItWasEmptied() {
        BoundedQueue<KeyValue> queue = queue(100, 2L * SIZE, 10, 1_000_000);
        offer(queue, 3);

        assertThat(queue.take()).hasSize(2);
        offer(queue, 2);

        assertThat(queue.take()).hasSize(2);
        assertThat(dropped()).isEqualTo(1);
    }

    @Test
    void refusesAndCountsBeforeTheWorkIsDone() {
        BoundedQueue<KeyValue> queue = queue(1, 1_000_000, 10, 1_000_000);

        assertThat(queue.refuses()).isFalse();
        offer(queue, 1);

        assertThat(queue.refuses()).isTrue();
        assertThat(dropped()).isEqualTo(1);
    }

    @Test
    void givesNoLargerBatchThanItMay() {
        BoundedQueue<KeyValue> byNumber = queue(100, 1_000_000, 4, 1_000_000);
        offer(byNumber, 9);
        BoundedQueue<KeyValue> byBytes = queue(100, 1_000_000, 100, 2L * SIZE);
        offer(byBytes, 9);

        assertThat(byNumber.take()).hasSize(4);
        assertThat(byNumber.take()).hasSize(4);
        assertThat(byNumber.take()).hasSize(1);
        assertThat(byNumber.take()).isEmpty();
        assertThat(byBytes.take()).hasSize(2);
    }

    @Test
    void tellsThatAWholeBatchWaits() {
        BoundedQueue<KeyValue> queue = queue(100, 1_000_000, 4, 1_000_000);
        AtomicInteger told = new AtomicInteger();
        queue.onBatch(told::incrementAndGet);

        offer(queue, 3);
        assertThat(told).hasValue(0);
        offer(queue, 1);

        assertThat(told).hasValue(1);
    }
}
