package io.millrace.recommendation.sessions;

import java.util.Arrays;

/**
 * The fingerprints of a visitor's newest clicks, oldest first and at most {@value #CAPACITY}, 1 KB. A click older than these
 * that comes again is still counted nowhere: its product is among the session's newest, or it is older than all of those, or
 * its session has ended; {@link SessionTracker} tells by times alone. Fingerprints are for where times don't tell, when a
 * session was extended backwards. Immutable.
 */
public final class SeenClicks {

    /** Clicks remembered. */
    public static final int CAPACITY = 128;

    /** No clicks. */
    public static final SeenClicks NONE = new SeenClicks();

    private final long[] fingerprints;

    private SeenClicks(long... fingerprints) {
        this.fingerprints = fingerprints;
    }

    /** Clicks as they were remembered, oldest first; of more than fit, as earlier releases remembered, the newest. */
    public static SeenClicks of(long... fingerprints) {
        int from = Math.max(0, fingerprints.length - CAPACITY);
        return new SeenClicks(Arrays.copyOfRange(fingerprints, from, fingerprints.length));
    }

    /** Whether a click is among them. */
    public boolean contains(long fingerprint) {
        for (int i = fingerprints.length - 1; i >= 0; i--) { // what comes again mostly came last
            if (fingerprints[i] == fingerprint) {
                return true;
            }
        }
        return false;
    }

    /** The same with one more, without the oldest when there are too many. */
    public SeenClicks with(long fingerprint) {
        int from = Math.max(0, fingerprints.length - CAPACITY + 1);
        long[] more = Arrays.copyOfRange(fingerprints, from, fingerprints.length + 1);
        more[more.length - 1] = fingerprint;
        return new SeenClicks(more);
    }

    /** How many there are. */
    public int size() {
        return fingerprints.length;
    }

    /** One of them, counted from the oldest, 0. */
    public long at(int index) {
        return fingerprints[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeenClicks that && Arrays.equals(fingerprints, that.fingerprints);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(fingerprints);
    }

    @Override
    public String toString() {
        return fingerprints.length + " clicks";
    }
}
