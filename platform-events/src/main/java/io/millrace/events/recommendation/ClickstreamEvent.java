package io.millrace.events.recommendation;

import io.millrace.events.Event;
import java.time.Instant;

/**
 * Something a visitor did in the shop, as the shop reported it. Its subject is the click's own id, which the shop makes: a
 * click that is reported twice is one click.
 */
public sealed interface ClickstreamEvent extends Event permits ItemViewed, ItemAddedToCart, RecommendationClicked {

    /** Pseudonym of the visitor, made by the shop. */
    String visitorId();

    /** The product it was about. */
    String sku();

    /** When it happened, by the shop's clock. */
    Instant occurredAt();
}
