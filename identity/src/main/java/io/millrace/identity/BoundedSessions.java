package io.millrace.identity;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.catalina.Session;
import org.apache.catalina.session.StandardManager;
import org.jspecify.annotations.Nullable;

/**
 * The browsers' sessions, of which there are only so many: a new one ends another when there is no room, as anybody can begin
 * one. Those go first of whom nobody has logged in, and of these the one that was used last the longest ago. So a crowd of
 * strangers shuts out nobody, and logs out nobody who is logged in.
 */
final class BoundedSessions extends StandardManager {

    private final int most;
    private final Duration formLife;

    /**
     * @param most how many there are at most, at least 1
     * @param formLife how long one lasts unused in which nobody has logged in; one of a login lasts longer
     */
    BoundedSessions(int most, Duration formLife) {
        this.most = most;
        this.formLife = formLife;
        setPathname(null); // nobody stays logged in through a restart
    }

    @Override
    public synchronized Session createSession(@Nullable String id) {
        for (int over = getActiveSessions() - most; over >= 0; over--) {
            Arrays.stream(findSessions()).min(leastMissed()).ifPresent(Session::expire);
        }
        Session session = super.createSession(id);
        session.setMaxInactiveInterval((int) formLife.toSeconds());
        return session;
    }

    /** The longer life is the one mark of a login that can be read of a session that ends meanwhile. */
    private Comparator<Session> leastMissed() {
        return Comparator.comparing((Session session) -> session.getMaxInactiveInterval() > formLife.toSeconds())
                .thenComparingLong(Session::getLastAccessedTimeInternal);
    }
}
