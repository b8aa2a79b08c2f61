package io.millrace.traffic.load;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to be done later, on the driver's thread. Bounded by its users: each order and each followed order has one at most. */
final class Timers {

    private final PriorityQueue<Timer> queue = new PriorityQueue<>(Comparator.comparingLong(Timer::atNanos));

    private record Timer(long atNanos, Runnable task) {}

    void add(long atNanos, Runnable task) {
        queue.add(new Timer(atNanos, task));
    }

    void runDue(long nowNanos) {
        for (Timer first = queue.peek(); first != null && first.atNanos <= nowNanos; first = queue.peek()) {
            queue.remove();
            first.task.run();
        }
    }

    /** When the next is due, or the given time when that is earlier. */
    long nextDue(long otherwise) {
        Timer first = queue.peek();
        return first == null ? otherwise : Math.min(first.atNanos, otherwise);
    }
}
