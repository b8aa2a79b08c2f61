package io.millrace.traffic.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.IntFunction;

/**
 * Places orders at a shop as a plan says, and measures.
 *
 * <p>It runs on the caller's thread alone and takes about 40 us of processor time an order, which the result tells, as it
 * shares its machine with what it measures. Times are kept to about a millisecond; the delay is charged to the shop.
 * Interrupting the thread ends the run early: what is in flight is still waited for.
 *
 * <p>Orders are retried with the same idempotency key only, and a connection found closed is replaced without counting: the
 * target must treat requests with the same key as one.
 */
public final class LoadDriver {

    private LoadDriver() {}

    /**
     * Runs a plan to its end.
     *
     * @param tokens access token of each customer; empty to send none. Called for each request: it should be cheap
     * @return what was done, also when the shop never answered
     */
    public static LoadResult run(
            LoadPlan plan, OrderFactory orders, IntFunction<String> tokens, LoadListener listener) {
        try {
            return new LoadRun(plan, orders, tokens, listener).run();
        } catch (IOException e) {
            throw new UncheckedIOException("the driver's own selector failed", e);
        }
    }
}
