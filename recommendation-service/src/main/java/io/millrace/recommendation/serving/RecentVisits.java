package io.millrace.recommendation.serving;

import io.millrace.recommendation.sessions.VisitorKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The newest products of each visitor's newest session. Every instance reads every session, so that each knows every visitor
 * and none is asked by another. Bounded: the visitor not seen for longest is forgotten. Not thread-safe.
 */
final class RecentVisits {

    /** Products remembered of a visitor: what came before says little of what is wanted now. */
    static final int MOST = 5;

    private final int mostVisitors;
    private final Map<VisitorKey, Recent> visitors = new LinkedHashMap<>();

    RecentVisits(int mostVisitors) {
        this.mostVisitors = mostVisitors;
    }

    private record Recent(String sessionId, Instant at, List<String> skus) {}

    /**
     * A session came to a product.
     *
     * @param earlier the session's other products, newest first
     */
    void arrived(String sessionId, String sku, List<String> earlier, Instant at) {
        VisitorKey visitor = VisitorKey.ofSession(sessionId);
        Recent before = visitors.get(visitor);
        // Sessions of one visitor lie on several partitions, which are read in any order; visits of one session are in
        // order.
        if (before != null
                && !before.sessionId().equals(sessionId)
                && before.at().isAfter(at)) {
            return;
        }
        List<String> skus =
                Stream.concat(Stream.of(sku), earlier.stream()).limit(MOST).toList();
        visitors.remove(visitor); // to the end of the queue
        visitors.put(visitor, new Recent(sessionId, at, skus));
        if (visitors.size() > mostVisitors) {
            visitors.remove(visitors.keySet().iterator().next());
        }
    }

    /** A visitor's newest products, newest first; none for one who is not known. */
    List<String> of(VisitorKey visitor) {
        Recent recent = visitors.get(visitor);
        return recent == null ? List.of() : recent.skus();
    }

    int size() {
        return visitors.size();
    }
}
