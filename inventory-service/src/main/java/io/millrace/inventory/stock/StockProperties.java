package io.millrace.inventory.stock;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of stock, {@code millrace.stock.*}.
 *
 * @param publishEvery how often changed availability is published, 10 ms to 500 ms: a product is published at most once in
 *     this time, however often it changes. Longer costs fewer records and shows changes later; a change must be visible
 *     within a second
 * @param publishBatch products published in one transaction, 1 to 5,000; their levels are locked meanwhile
 * @param maxQuantity units of one receipt at most, 1 to 1,000,000,000
 * @param maxReceipts receipts of one request at most, 1 to 10,000; a request also ends at the largest body
 */
@ConfigurationProperties("millrace.stock")
public record StockProperties(
        @DefaultValue("250ms") Duration publishEvery,
        @DefaultValue("500") int publishBatch,
        @DefaultValue("1000000") int maxQuantity,
        @DefaultValue("1000") int maxReceipts) {

    /** Refuses values out of range, naming the property. */
    public StockProperties {
        require(
                publishEvery.toMillis() >= 10 && publishEvery.toMillis() <= 500,
                "publish-every must lie within 10 ms and 500 ms");
        require(publishBatch >= 1 && publishBatch <= 5_000, "publish-batch must lie within 1 and 5000");
        require(maxQuantity >= 1 && maxQuantity <= 1_000_000_000, "max-quantity must lie within 1 and 1000000000");
        require(maxReceipts >= 1 && maxReceipts <= 10_000, "max-receipts must lie within 1 and 10000");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("millrace.stock." + message);
        }
    }
}
