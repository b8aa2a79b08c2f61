package io.millrace.traffic.load;

/** When the next order is sent. */
public sealed interface Pace {

    /**
     * At fixed times, whether or not earlier orders were answered. Latency counts from the intended time, so a system that
     * stalls is charged for all the orders it kept waiting (no coordinated omission).
     *
     * @param perSecond orders per second, above 0 and at most 100,000
     */
    record OpenLoop(double perSecond) implements Pace {
        /** Refuses a rate out of range. */
        public OpenLoop {
            if (!(perSecond > 0 && perSecond <= 100_000)) {
                throw new IllegalArgumentException("perSecond must be above 0 and at most 100,000, was " + perSecond);
            }
        }
    }

    /**
     * As fast as orders are accepted: so many at a time, the next when one has its final answer. Latency counts from when
     * an order's turn came.
     *
     * @param concurrent 1 to 10,000
     */
    record ClosedLoop(int concurrent) implements Pace {
        /** Refuses a number out of range. */
        public ClosedLoop {
            if (concurrent < 1 || concurrent > 10_000) {
                throw new IllegalArgumentException("concurrent must be 1 to 10,000, was " + concurrent);
            }
        }
    }
}
