package io.millrace.telemetry.ship;

import com.google.protobuf.MessageLite;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where telemetry waits for the thread that sends it: bounded in number and in bytes. Offering never waits; what finds no
 * place is dropped and counted.
 *
 * @param <T> what waits
 */
public final class BoundedQueue<T extends MessageLite> {

    private final Signal signal;
    private final ArrayBlockingQueue<T> items;
    private final long maxBytes;
    private final int batch;
    private final long batchBytes;
    private final ShippingMeters meters;
    private final AtomicLong bytes = new AtomicLong();
    private volatile Runnable wake = () -> {};

    /**
     * @param capacity items that may wait, at least 1
     * @param maxBytes bytes that may wait, encoded
     * @param batch items taken at a time at most, at least 1
     * @param batchBytes bytes taken at a time, beyond which no further item is added
     */
    public BoundedQueue(Signal signal, int capacity, long maxBytes, int batch, long batchBytes, ShippingMeters meters) {
        this.signal = signal;
        this.items = new ArrayBlockingQueue<>(capacity);
        this.maxBytes = maxBytes;
        this.batch = batch;
        this.batchBytes = batchBytes;
        this.meters = meters;
    }

    /** Calls this whenever a whole batch waits; it must not block. */
    public void onBatch(Runnable action) {
        wake = action;
    }

    /** Whether an offer would be dropped, in which case one is counted: asked before the work of encoding is done. */
    public boolean refuses() {
        boolean full = items.remainingCapacity() == 0 || bytes.get() >= maxBytes;
        if (full) {
            meters.dropped(signal, Drop.QUEUE_FULL, 1);
        }
        return full;
    }

    /** Counts an item that could not be encoded. */
    public void notEncoded() {
        meters.dropped(signal, Drop.NOT_ENCODED, 1);
    }

    /** Adds an item, or drops and counts it. */
    public void offer(T item) {
        int size = item.getSerializedSize();
        if (bytes.addAndGet(size) > maxBytes || !items.offer(item)) {
            bytes.addAndGet(-size);
            meters.dropped(signal, Drop.QUEUE_FULL, 1);
            return;
        }
        if (items.size() % batch == 0) {
            wake.run();
        }
    }

    /** Takes the oldest items that make a batch; none when nothing waits. */
    List<T> take() {
        List<T> taken = new ArrayList<>(Math.min(batch, items.size()));
        long size = 0;
        while (taken.size() < batch && size < batchBytes) {
            T item = items.poll();
            if (item == null) {
                break;
            }
            taken.add(item);
            size += item.getSerializedSize();
        }
        bytes.addAndGet(-size);
        return taken;
    }

    int size() {
        return items.size();
    }
}
