package io.millrace.traffic.load;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;

/**
 * What a run did. Every offered order is in exactly one of five counts: {@code offered == accepted + refused + timedOut +
 * failed + notSent}.
 *
 * @param startedAt when the first order was due
 * @param endedAt when the last answer had come
 * @param offered orders whose time came
 * @param accepted orders whose final answer was 2xx
 * @param refused orders whose final answer was another
 * @param timedOut orders whose last try was not answered in time, or that were still to be tried again at the end
 * @param failed orders whose last try broke off: no connection, or it ended before the answer
 * @param notSent orders left out as {@link LoadPlan#maxInFlight()} were on their way
 * @param answersByStatus every answer to an order that came, also those that were not final
 * @param acceptedLatency of accepted orders, from the intended time to the final answer
 * @param refusedLatency of refused orders
 * @param endings of the orders that were followed
 * @param driverProcessor processor time of the driver's thread
 * @param processProcessor processor time of the whole process meanwhile: what to subtract when it does nothing else
 */
public record LoadResult(
        Instant startedAt,
        Instant endedAt,
        long offered,
        long accepted,
        long refused,
        long timedOut,
        long failed,
        long notSent,
        SortedMap<Integer, Long> answersByStatus,
        Latencies acceptedLatency,
        Latencies refusedLatency,
        Endings endings,
        Duration driverProcessor,
        Duration processProcessor) {

    /**
     * How followed orders ended.
     *
     * @param followed orders that were followed
     * @param unfinished those that had not ended when patience did
     * @param byStatus those that had, by status
     * @param latency from the intended time of placing to the end; as {@link OrderEnding#took()} says where it does
     */
    public record Endings(long followed, long unfinished, SortedMap<String, Long> byStatus, Latencies latency) {}

    /** Accepted orders per second of the run. */
    public double acceptedPerSecond() {
        return accepted / (Math.max(Duration.between(startedAt, endedAt).toNanos(), 1) / 1e9);
    }
}
