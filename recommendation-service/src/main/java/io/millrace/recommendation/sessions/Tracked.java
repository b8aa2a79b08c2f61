package io.millrace.recommendation.sessions;

import java.util.List;

/** What a click means to its visitor's session. */
public sealed interface Tracked {

    /**
     * The session came to a product it had not been at.
     *
     * @param visitor the visitor from now on
     * @param sessionId the session
     * @param earlier the session's other products, newest first
     */
    record Arrived(Visitor visitor, String sessionId, List<String> earlier) implements Tracked {}

    /**
     * The session stays as it is, apart from its times: a product it had been at.
     *
     * @param visitor the visitor from now on
     */
    record Again(Visitor visitor) implements Tracked {}

    /**
     * It came too late: its session has ended, or has gone on for longer than is remembered.
     *
     * @param visitor the visitor from now on
     */
    record Late(Visitor visitor) implements Tracked {}

    /**
     * The session has been at more products than count.
     *
     * @param visitor the visitor from now on
     */
    record Excessive(Visitor visitor) implements Tracked {}

    /** The click has been seen before; nothing changes. */
    record Duplicate() implements Tracked {}
}
