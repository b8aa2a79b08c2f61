package io.millrace.order.ordering;

import io.millrace.events.Money;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order that is to be placed.
 *
 * @param idempotencyKey hash over client, subject, route and the key the client sent
 * @param requestHash hash of what is asked for, to tell a repetition from another request under the same key
 * @param customerId who orders
 * @param lines what, at least one line; the same product may stand on several
 * @param shipTo where to
 * @param email whom to tell
 * @param paymentToken what to pay with
 * @param visitorId the browser's visitor; null when not told
 * @param deviceId the device; null when not told
 * @param expectedTotal what the client believes it costs; null when it takes any price
 * @param traceparent W3C trace context of the client's own trace; null when it brought none
 */
public record NewOrder(
        UUID idempotencyKey,
        UUID requestHash,
        String customerId,
        List<Line> lines,
        ShippingAddress shipTo,
        String email,
        String paymentToken,
        @Nullable String visitorId,
        @Nullable String deviceId,
        @Nullable Money expectedTotal,
        @Nullable String traceparent) {

    /**
     * A line that is to be ordered.
     *
     * @param sku the product
     * @param quantity units, at least 1
     */
    public record Line(String sku, int quantity) {}
}
