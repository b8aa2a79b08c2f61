package io.millrace.monitoring.orders;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the orders are doing.
 *
 * @param minutes an hour of minutes, oldest first, none left out
 * @param rejections of the last hour by reason, most frequent first
 * @param confirmedSeconds from placed to confirmed, orders confirmed in the last five minutes; null when there are none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record OrderFigures(
        List<Minute> minutes,
        List<Rejection> rejections,
        @Nullable Quantiles confirmedSeconds) {

    /** The orders that took a step in a minute. */
    public record Minute(Instant minute, long placed, long confirmed, long rejected, long expired, long held) {}

    /** So many were rejected for a reason. */
    public record Rejection(String reason, long count) {}

    /** Seconds, within 5%. */
    public record Quantiles(double p50, double p99) {}
}
