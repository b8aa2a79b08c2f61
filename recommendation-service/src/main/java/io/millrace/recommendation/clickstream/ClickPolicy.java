package io.millrace.recommendation.clickstream;

import io.millrace.events.recommendation.ClickstreamEvent;
import io.millrace.events.recommendation.ItemAddedToCart;
import io.millrace.events.recommendation.ItemViewed;
import io.millrace.events.recommendation.RecommendationClicked;
import io.millrace.recommendation.clickstream.ClickVerdict.Refused;
import io.millrace.recommendation.clickstream.ClickVerdict.Taken;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which reported clicks are taken. */
final class ClickPolicy {

    /** How far a shop's clock may run ahead. */
    static final Duration MOST_AHEAD = Duration.ofMinutes(5);

    /** How long after it happened a click may be reported: a visitor's device may have been away. */
    static final Duration OLDEST = Duration.ofHours(24);

    private static final int MOST_UNITS = 1_000;
    private static final int LAST_POSITION = 1_000;

    private static final Pattern SKU = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");
    private static final String NAME_RULE =
            "must have 1 to 64 letters, digits, dots, colons, hyphens and underscores, and begin with a letter or digit";

    private ClickPolicy() {}

    static ClickVerdict judge(ReportedClick click, Instant now) {
        Optional<UUID> id = uuid(click.eventId());
        if (id.isEmpty()) {
            return new Refused(Refusal.EVENT_ID, "eventId", "must be a UUID");
        }
        String visitor = click.visitorId();
        if (visitor == null || !NAME.matcher(visitor).matches()) {
            return new Refused(Refusal.VISITOR, "visitorId", NAME_RULE);
        }
        String sku = click.sku();
        if (sku == null || !SKU.matcher(sku).matches()) {
            return new Refused(Refusal.SKU, "sku", "must be a product's number");
        }
        Instant at;
        try {
            at = click.occurredAt() == null ? now : Instant.parse(click.occurredAt());
        } catch (DateTimeException _) {
            return new Refused(Refusal.TIME, "occurredAt", "must be an instant such as 2026-03-01T12:00:00Z");
        }
        if (at.isAfter(now.plus(MOST_AHEAD))) {
            return new Refused(
                    Refusal.FROM_THE_FUTURE,
                    "occurredAt",
                    "must not lie more than " + MOST_AHEAD.toMinutes() + " minutes ahead");
        }
        if (at.isBefore(now.minus(OLDEST))) {
            return new Refused(
                    Refusal.TOO_OLD, "occurredAt", "must lie within the last " + OLDEST.toHours() + " hours");
        }
        return typed(click, id.get(), visitor, sku, at);
    }

    private static ClickVerdict typed(ReportedClick click, UUID id, String visitor, String sku, Instant at) {
        String type = click.type() == null ? "" : click.type();
        return switch (type) {
            case "item-viewed" -> taken(id, new ItemViewed(visitor, sku, at));
            case "item-added-to-cart" -> addedToCart(click, id, visitor, sku, at);
            case "recommendation-clicked" -> recommendationClicked(click, id, visitor, sku, at);
            default ->
                new Refused(Refusal.TYPE, "type", "must be item-viewed, item-added-to-cart or recommendation-clicked");
        };
    }

    private static ClickVerdict addedToCart(ReportedClick click, UUID id, String visitor, String sku, Instant at) {
        int quantity = click.quantity() == null ? 1 : click.quantity();
        return quantity >= 1 && quantity <= MOST_UNITS
                ? taken(id, new ItemAddedToCart(visitor, sku, quantity, at))
                : new Refused(Refusal.QUANTITY, "quantity", "must lie within 1 and " + MOST_UNITS);
    }

    private static ClickVerdict recommendationClicked(
            ReportedClick click, UUID id, String visitor, String sku, Instant at) {
        String recommendation = click.recommendationId();
        if (recommendation == null || !NAME.matcher(recommendation).matches()) {
            return new Refused(Refusal.RECOMMENDATION, "recommendationId", NAME_RULE);
        }
        Integer position = click.position();
        if (position == null || position < 1 || position > LAST_POSITION) {
            return new Refused(Refusal.RECOMMENDATION, "position", "must lie within 1 and " + LAST_POSITION);
        }
        return taken(id, new RecommendationClicked(visitor, sku, recommendation, position, at));
    }

    private static ClickVerdict taken(UUID id, ClickstreamEvent event) {
        return new Taken(id, event);
    }

    /** {@link UUID#fromString} takes shorter groups too, which would give one click two names. */
    private static Optional<UUID> uuid(@Nullable String text) {
        if (text == null || text.length() != 36) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
