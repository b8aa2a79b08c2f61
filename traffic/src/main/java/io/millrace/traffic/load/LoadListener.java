package io.millrace.traffic.load;

import java.time.Duration;
import java.util.Optional;

/** Is told of a run's orders one by one, on the driver's thread: its processor time is the driver's. */
public interface LoadListener {

    /** Wants to know nothing. */
    LoadListener NONE = new LoadListener() {};

    /**
     * An order's final answer.
     *
     * @param customer who placed it, 0 and up
     * @param status HTTP status; empty when there was no answer
     * @param body the answer's; empty without one
     * @param latency from the intended time
     */
    @SuppressWarnings("ArrayRecordComponent") // the bytes are handed over, never compared
    record Answer(
            long index,
            String key,
            int customer,
            Optional<Integer> status,
            Optional<String> location,
            byte[] body,
            Duration latency) {}

    /** An order has its final answer. */
    default void answered(Answer answer) {}

    /** A followed order has ended. */
    default void ended(long index, String key, OrderEnding ending) {}
}
