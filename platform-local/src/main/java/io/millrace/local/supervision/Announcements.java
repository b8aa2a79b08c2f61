package io.millrace.local.supervision;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells a listener of events in the order they were noted, whichever threads do the telling: a process that is being
 * stopped must not be announced as ready afterwards.
 *
 * <p>Events are noted under the lock that their cause is changed under, and told without it, as listeners ask for more.
 */
final class Announcements {

    private final ProcessListener listener;
    private final Queue<ProcessEvent> noted = new ConcurrentLinkedQueue<>();
    private final ReentrantLock telling = new ReentrantLock();

    Announcements(ProcessListener listener) {
        this.listener = listener;
    }

    void note(ProcessEvent event) {
        noted.add(event);
    }

    /** Returns when all that was noted before has been told. */
    void tell() {
        telling.lock();
        try {
            ProcessEvent next = noted.poll();
            while (next != null) {
                listener.on(next);
                next = noted.poll();
            }
        } finally {
            telling.unlock();
        }
    }
}
