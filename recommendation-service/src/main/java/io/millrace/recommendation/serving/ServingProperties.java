package io.millrace.recommendation.serving;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the index in memory holds and for how long it counts, {@code millrace.recommendation.index.*}.
 *
 * @param products products listed, 1 to 1,000,000; those that come beyond are never recommended, which is counted. A quarter
 *     as many that are delisted are remembered beside, the latest
 * @param neighbours products remembered to go with a product, 8 to 1,000; about 30 bytes each. The weakest makes room
 * @param visitors visitors whose newest products are remembered, 100 to 10,000,000, at about 250 bytes each; the one not
 *     seen for longest is forgotten and gets what is popular
 * @param pairHalfLife after this time a session counts half in what goes together; 1 hour to 365 days
 * @param trendHalfLife after this time a session counts half in what is popular; 1 minute to 30 days. Shorter follows a
 *     fashion sooner and is noisier
 * @param minimumSessions sessions that must have been at both products before one is shown beside the other, 1 to 100;
 *     below 3 a single visitor's path can show
 * @param rankEvery how often what is popular is put in order, 10 ms to 1 minute
 * @param replay visits read again at a start, the newest, 1,000 to 100,000,000; about 10 microseconds each
 * @param loadWithin how long a start waits for the first read of everything before it answers with what there is, marked
 *     as degraded; 1 s to 10 minutes
 */
@Validated
@ConfigurationProperties("millrace.recommendation.index")
public record ServingProperties(
        @DefaultValue("50000") @Min(1) @Max(1_000_000) int products,
        @DefaultValue("64") @Min(8) @Max(1_000) int neighbours,
        @DefaultValue("50000") @Min(100) @Max(10_000_000) int visitors,
        @DefaultValue("14d") @NotNull Duration pairHalfLife,
        @DefaultValue("6h") @NotNull Duration trendHalfLife,
        @DefaultValue("3") @Min(1) @Max(100) int minimumSessions,
        @DefaultValue("1s") @NotNull Duration rankEvery,

        @DefaultValue("1000000") @Min(1_000) @Max(100_000_000) int replay,

        @DefaultValue("60s") @NotNull Duration loadWithin) {

    /** Whether the pairs' half-life lies in its range. */
    @AssertTrue(message = "pairHalfLife must lie within 1 hour and 365 days") boolean isPairHalfLifeInRange() {
        return within(pairHalfLife, Duration.ofHours(1), Duration.ofDays(365));
    }

    /** Whether the trends' half-life lies in its range. */
    @AssertTrue(message = "trendHalfLife must lie within 1 minute and 30 days") boolean isTrendHalfLifeInRange() {
        return within(trendHalfLife, Duration.ofMinutes(1), Duration.ofDays(30));
    }

    /** Whether the ranking's interval lies in its range. */
    @AssertTrue(message = "rankEvery must lie within 10 ms and 1 minute") boolean isRankEveryInRange() {
        return within(rankEvery, Duration.ofMillis(10), Duration.ofMinutes(1));
    }

    /** Whether the bound of the first read lies in its range. */
    @AssertTrue(message = "loadWithin must lie within 1 s and 10 minutes") boolean isLoadWithinInRange() {
        return within(loadWithin, Duration.ofSeconds(1), Duration.ofMinutes(10));
    }

    private static boolean within(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }
}
