package io.millrace.messaging.outbox;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes the relay when events have been committed. Any number of signals between two passes are one: the relay reads what
 * is there, it does not count.
 */
final class OutboxSignal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private boolean pending;
    private long commits;

    /** Events were committed by this instance. */
    void committed() {
        lock.lock();
        try {
            commits++;
            pending = true;
            raised.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Something else the relay should look at: another instance's commit, an acknowledgement, the end. */
    void raise() {
        lock.lock();
        try {
            pending = true;
            raised.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many commits were signalled so far in this instance. */
    long commits() {
        lock.lock();
        try {
            return commits;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a signal, at most so long; returns at once when one came since the last call. */
    void await(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!pending && left > 0) {
                left = raised.awaitNanos(left);
            }
            pending = false;
        } finally {
            lock.unlock();
        }
    }

    /** Lets signals gather for so long, without consuming them. */
    static void gather(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
