package io.millrace.recommendation.sessions;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A click, as sessions see it.
 *
 * @param clickId id of the event
 * @param visitorId the visitor, 1 to 64 characters
 * @param sku the product, 1 to 64 visible ASCII characters
 * @param at when, to the millisecond and not before 1970
 */
public record Visit(UUID clickId, String visitorId, String sku, Instant at) {

    private static final int LONGEST = 64;

    /** Refuses what can't be, naming it, and cuts the time to milliseconds. */
    public Visit {
        require(!visitorId.isBlank() && visitorId.length() <= LONGEST, "visitorId must have 1 to 64 characters");
        require(isSku(sku), "sku must have 1 to 64 visible ASCII characters");
        require(!at.isBefore(Instant.EPOCH), "the click must lie after 1970");
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** 64 bits of the id: what repeated clicks are known by. Ids are hashes, so that any 64 bits are as good as others. */
    long fingerprint() {
        return clickId.getLeastSignificantBits() ^ clickId.getMostSignificantBits();
    }

    private static boolean isSku(@Nullable String sku) {
        return sku != null
                && !sku.isEmpty()
                && sku.length() <= LONGEST
                && sku.chars().allMatch(c -> c > ' ' && c < 127);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
