package io.millrace.order.payment;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of payments, {@code millrace.payment.*}.
 *
 * @param providerUrl where the provider's REST API is
 * @param callbackUrl where the provider reports what it did not answer in time; must lead to this service
 * @param callbackSecret secret under which the provider signs its reports; at least 16 characters
 * @param callTimeout how long one call may take. Three calls end well inside an order's deadline
 * @param calls how often one attempt is called in a row before it counts as unknown, at least 1
 * @param concurrency calls at the same time, at least 1
 * @param claimFor how long an attempt is one instance's alone: what its calls may take together, and before that what it may
 *     wait for one of {@code concurrency} places. After an instance has died, another takes its attempts over that much later,
 *     which must be well inside an order's deadline. With 20 s, 2 of them for waiting, 1 in 100 orders of a burst waited the
 *     whole claim
 * @param firstRetry wait before an unknown attempt is asked for, doubled each time
 * @param longestRetry longest such wait
 */
@ConfigurationProperties("millrace.payment")
public record PaymentProperties(
        URI providerUrl,
        URI callbackUrl,
        String callbackSecret,
        @DefaultValue("3s") Duration callTimeout,
        @DefaultValue("3") int calls,
        @DefaultValue("128") int concurrency,
        @DefaultValue("45s") Duration claimFor,
        @DefaultValue("1s") Duration firstRetry,
        @DefaultValue("60s") Duration longestRetry) {

    /** Refuses values out of range, naming the property. */
    public PaymentProperties {
        require(providerUrl != null, "provider-url must be given");
        require(callbackUrl != null, "callback-url must be given");
        require(
                callbackSecret != null && callbackSecret.length() >= 16,
                "callback-secret must be given, with at least 16 characters");
        require(callTimeout.isPositive(), "call-timeout must be positive");
        require(calls >= 1, "calls must be at least 1");
        require(concurrency >= 1, "concurrency must be at least 1");
        require(
                callTimeout.multipliedBy(2L * calls).compareTo(claimFor) < 0,
                "claim-for must exceed twice call-timeout times calls");
        require(firstRetry.isPositive(), "first-retry must be positive");
        require(longestRetry.compareTo(firstRetry) >= 0, "longest-retry must not be below first-retry");
    }

    /** How long the calls for one attempt may take together: asking for it, then sending it. */
    Duration longestWork() {
        return callTimeout.multipliedBy(2L * calls);
    }

    /** The wait before an attempt that was worked on so often is worked on again. */
    Duration retry(int tries) {
        Duration wait = firstRetry.multipliedBy(1L << Math.min(Math.max(tries - 1, 0), 20));
        return wait.compareTo(longestRetry) < 0 ? wait : longestRetry;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("millrace.payment." + message);
        }
    }
}
