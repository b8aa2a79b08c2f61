package io.millrace.traffic.journal;

import java.nio.file.Path;

/**
 * Where a journal lies and how much it keeps.
 *
 * @param directory its own directory; made when missing, locked while open
 * @param keptKeys how many of the newest keys are kept at least, 1 to 10,000,000; what is older goes with its segment. Each
 *     takes 16 to 43 bytes of memory
 * @param segmentBytes size at which a new file begins, 4 KiB to 1 GiB
 */
public record JournalSettings(Path directory, int keptKeys, int segmentBytes) {

    /** Refuses sizes out of range. */
    public JournalSettings {
        if (keptKeys < 1 || keptKeys > 10_000_000) {
            throw new IllegalArgumentException("keptKeys must be 1 to 10,000,000, was " + keptKeys);
        }
        if (segmentBytes < 4096 || segmentBytes > 1 << 30) {
            throw new IllegalArgumentException("segmentBytes must be 4,096 to 1,073,741,824, was " + segmentBytes);
        }
    }
}
