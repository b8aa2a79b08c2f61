package io.millrace.traffic.load;

import org.jspecify.annotations.Nullable;

/** One request and who is told what becomes of it. */
final class Exchange {

    final byte[] request;
    final long deadlineNanos;
    final Receiver receiver;

    /** Set when the receiver has been told. */
    boolean done;

    /** Set when a reused connection turned out to be closed: the next try takes a new one. */
    boolean wantsNewConnection;

    @Nullable Connection connection;

    /** Is told once, on the driver's thread. */
    interface Receiver {

        void answered(HttpAnswer answer);

        /** There was no answer: in time, or at all. */
        void unanswered(boolean timedOut);
    }

    Exchange(byte[] request, long deadlineNanos, Receiver receiver) {
        this.request = request;
        this.deadlineNanos = deadlineNanos;
        this.receiver = receiver;
    }
}
