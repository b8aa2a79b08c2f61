package io.millrace.traffic.journal;

import java.nio.charset.StandardCharsets;
import java.util.function.LongPredicate;

/**
 * Where the newest entry of each key lies: an open-addressing table from a key's 64-bit fingerprint to a position, 16 bytes
 * a slot. A million keys as objects would take ten times the memory.
 *
 * <p>Two keys with the same fingerprint (one chance in ten million when a million keys are held) are told apart by the
 * journal, which compares the key in the file. Not safe for use by several threads.
 */
final class KeyIndex {

    /** No entry: no position is 0, as segments count from 1. */
    static final long ABSENT = 0;

    private static final int SMALLEST = 1 << 10;

    private long[] fingerprints = new long[SMALLEST];
    private long[] positions = new long[SMALLEST];
    private int size;

    int size() {
        return size;
    }

    long get(String key) {
        return positions[slot(fingerprint(key))];
    }

    /** Points the key at a position and returns the one before, or {@link #ABSENT}. */
    long put(String key, long position) {
        long fingerprint = fingerprint(key);
        int slot = slot(fingerprint);
        long before = positions[slot];
        fingerprints[slot] = fingerprint;
        positions[slot] = position;
        if (before == ABSENT) {
            size++;
            if (size > positions.length / 4 * 3) {
                rebuild(positions.length * 2, _ -> true);
            }
        }
        return before;
    }

    /** Forgets every key whose position is not wanted any more. */
    void keep(LongPredicate wanted) {
        rebuild(positions.length, wanted);
    }

    private void rebuild(int capacity, LongPredicate wanted) {
        long[] oldFingerprints = fingerprints;
        long[] oldPositions = positions;
        fingerprints = new long[capacity];
        positions = new long[capacity];
        size = 0;
        for (int i = 0; i < oldPositions.length; i++) {
            if (oldPositions[i] != ABSENT && wanted.test(oldPositions[i])) {
                int slot = slot(oldFingerprints[i]);
                fingerprints[slot] = oldFingerprints[i];
                positions[slot] = oldPositions[i];
                size++;
            }
        }
    }

    private int slot(long fingerprint) {
        int mask = positions.length - 1;
        int slot = (int) fingerprint & mask;
        while (positions[slot] != ABSENT && fingerprints[slot] != fingerprint) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** FNV-1a over the key's bytes, its bits mixed by MurmurHash3's finaliser. */
    private static long fingerprint(String key) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
