package io.millrace.recommendation.sessions;

import io.millrace.recommendation.sessions.Visitor.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Puts clicks into sessions by the time they happened, whatever order they come in: a session is the clicks of a visitor
 * with no pause longer than {@link #PAUSE} between them. Pure.
 *
 * <p>One session of a visitor is open at a time. A click that is later by more than the pause begins the next; one that is
 * earlier than the open session by more than the pause belongs to one that has ended, and changes nothing.
 */
public final class SessionTracker {

    /** The longest pause within a session: the web's customary half hour. */
    public static final Duration PAUSE = Duration.ofMinutes(30);

    private static final Comparator<Stop> NEWEST_FIRST =
            Comparator.comparing(Stop::at).reversed();

    private SessionTracker() {}

    /** What a click means to a visitor, who may be new. */
    public static Tracked track(Optional<Visitor> known, Visit visit) {
        if (known.isEmpty()) {
            return begin(visit, SeenClicks.NONE.with(visit.fingerprint()));
        }
        Visitor visitor = known.get();
        if (visitor.seen().contains(visit.fingerprint())) {
            return new Tracked.Duplicate();
        }
        SeenClicks seen = visitor.seen().with(visit.fingerprint());
        if (visit.at().isAfter(visitor.lastAt().plus(PAUSE))) {
            return begin(visit, seen);
        }
        if (visit.at().isBefore(visitor.firstAt().minus(PAUSE))) {
            return new Tracked.Late(with(visitor, visitor.visits(), visitor.recent(), seen));
        }
        return goOn(extended(visitor, visit.at(), seen), visit);
    }

    private static Tracked begin(Visit visit, SeenClicks seen) {
        Stop stop = new Stop(visit.sku(), visit.at());
        Visitor visitor = new Visitor(visit.at(), visit.at(), visit.at(), 1, List.of(stop), seen);
        return new Tracked.Arrived(visitor, visitor.sessionId(VisitorKey.of(visit.visitorId())), List.of());
    }

    private static Tracked goOn(Visitor visitor, Visit visit) {
        List<Stop> others = visitor.recent().stream()
                .filter(stop -> !stop.sku().equals(visit.sku()))
                .toList();
        boolean known = others.size() < visitor.recent().size();
        if (known) {
            Instant before = visitor.recent().stream()
                    .filter(stop -> stop.sku().equals(visit.sku()))
                    .map(Stop::at)
                    .findFirst()
                    .orElseThrow();
            Instant at = before.isAfter(visit.at()) ? before : visit.at();
            return new Tracked.Again(
                    with(visitor, visitor.visits(), inOrder(others, new Stop(visit.sku(), at)), visitor.seen()));
        }
        if (visitor.visits() >= Visitor.MOST_VISITS) {
            return new Tracked.Excessive(visitor);
        }
        List<Stop> recent = inOrder(others, new Stop(visit.sku(), visit.at()));
        if (recent.size() > Visitor.RECENT) {
            if (recent.getLast().sku().equals(visit.sku())) { // it may have been here and been forgotten
                return new Tracked.Late(visitor);
            }
            recent = recent.subList(0, Visitor.RECENT);
        }
        Visitor arrived = with(visitor, visitor.visits() + 1, recent, visitor.seen());
        return new Tracked.Arrived(
                arrived,
                arrived.sessionId(VisitorKey.of(visit.visitorId())),
                others.stream().map(Stop::sku).toList());
    }

    private static List<Stop> inOrder(List<Stop> others, Stop stop) {
        List<Stop> all = new ArrayList<>(others.size() + 1);
        all.add(stop); // first among those of the same time, as the sort is stable
        all.addAll(others);
        all.sort(NEWEST_FIRST);
        return all;
    }

    private static Visitor extended(Visitor visitor, Instant at, SeenClicks seen) {
        return new Visitor(
                visitor.begunAt(),
                at.isBefore(visitor.firstAt()) ? at : visitor.firstAt(),
                at.isAfter(visitor.lastAt()) ? at : visitor.lastAt(),
                visitor.visits(),
                visitor.recent(),
                seen);
    }

    private static Visitor with(Visitor visitor, int visits, List<Stop> recent, SeenClicks seen) {
        return new Visitor(visitor.begunAt(), visitor.firstAt(), visitor.lastAt(), visits, recent, seen);
    }
}
