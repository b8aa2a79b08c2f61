package io.millrace.traffic.shoppers;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/** Chance that repeats itself: everything follows from numbers and texts, nothing from a clock. */
final class Chance {

    private static final double LONGEST_MEANS = 5;

    private Chance() {}

    /** A source of chance that belongs to an index under a seed: independent of what other indexes draw. */
    static SplittableRandom of(long seed, long index) {
        return new SplittableRandom(mix(mix(seed) + index));
    }

    /** One-to-one and without any visible order (the finaliser of SplitMix64). */
    static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /** A number from 0 to below the bound, always the same for the same text. */
    static int of(String text, int bound) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return (int) (sum.getValue() % bound);
    }

    static <T> T pick(List<T> all, SplittableRandom chance) {
        return all.get(chance.nextInt(all.size()));
    }

    /** An exponentially distributed time, cut at five times its mean. */
    static Duration time(Duration mean, SplittableRandom chance) {
        double means = Math.min(LONGEST_MEANS, -Math.log(1 - chance.nextDouble()));
        return Duration.ofNanos((long) (mean.toNanos() * means));
    }
}
