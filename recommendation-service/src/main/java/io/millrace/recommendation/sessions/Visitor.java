package io.millrace.recommendation.sessions;

import java.time.Instant;
import java.util.List;

/**
 * What is remembered of a visitor: the present session, and which clicks have been seen.
 *
 * @param begunAt time of the click that began the session; part of its id
 * @param firstAt earliest click of the session; before {@code begunAt} when one came late
 * @param lastAt latest click of the session
 * @param visits products the session came to, counted; at most {@link #MOST_VISITS}
 * @param recent the session's newest products, newest first, none twice; at most {@link #RECENT}
 * @param seen clicks seen, over all sessions
 */
public record Visitor(
        Instant begunAt, Instant firstAt, Instant lastAt, int visits, List<Stop> recent, SeenClicks seen) {

    /** Products of a session that are remembered. */
    public static final int RECENT = 20;

    /**
     * Products of a session that count. People look at some dozens; a program that walks through the catalogue would make
     * everything go with everything.
     */
    public static final int MOST_VISITS = 200;

    /** Makes the list immutable. */
    public Visitor {
        recent = List.copyOf(recent);
    }

    /**
     * A product the session came to.
     *
     * @param sku the product
     * @param at its latest click
     */
    public record Stop(String sku, Instant at) {}

    /** The session's id. */
    public String sessionId(VisitorKey key) {
        return key.session(begunAt);
    }
}
