package io.millrace.recommendation.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A token bucket for each address, of requests or of what they hold, refilled evenly. An IPv6 address counts by its first 64 bits, which
 * is what one household is given. Thread-safe and bounded; the least used address is forgotten first.
 */
public final class AddressLimit {

    private static final int IPV6_BYTES = 16;
    private static final int HOUSEHOLD_BYTES = 8;
    private static final double NANOS_PER_SECOND = 1e9;

    private final double perNano;
    private final double burst;
    private final LongSupplier nanoTime;
    private final Cache<String, Bucket> buckets;

    /**
     * For one kind of request, or of what requests hold.
     *
     * @param perSecond tokens of an address in the long run
     * @param burst tokens of an address at once after a pause; more are never to be had
     * @param addresses addresses remembered
     * @param nanoTime the clock, as {@link System#nanoTime()}
     */
    public AddressLimit(int perSecond, int burst, int addresses, LongSupplier nanoTime) {
        this.perNano = perSecond / NANOS_PER_SECOND;
        this.burst = burst;
        this.nanoTime = nanoTime;
        this.buckets = Caffeine.newBuilder().maximumSize(addresses).build();
    }

    /** Takes a token: empty when there was one, else how long it is until the next. */
    public Optional<Duration> take(String address) {
        return take(address, 1);
    }

    /** Takes so many tokens, or none: empty when there were as many, else how long it is until there are. */
    public Optional<Duration> take(String address, int tokens) {
        long now = nanoTime.getAsLong();
        return buckets.get(household(address), key -> new Bucket(burst, now)).take(tokens, now);
    }

    private static String household(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return bytes.length == IPV6_BYTES ? HexFormat.of().formatHex(bytes, 0, HOUSEHOLD_BYTES) : address;
        } catch (IllegalArgumentException _) { // not an address: whatever it is counts as itself
            return address;
        }
    }

    private final class Bucket {

        private double tokens;
        private long filledAt;

        Bucket(double tokens, long filledAt) {
            this.tokens = tokens;
            this.filledAt = filledAt;
        }

        synchronized Optional<Duration> take(int wanted, long now) {
            tokens = Math.min(burst, tokens + Math.max(0, now - filledAt) * perNano);
            filledAt = now;
            if (tokens >= wanted) {
                tokens -= wanted;
                return Optional.empty();
            }
            return Optional.of(Duration.ofNanos((long) Math.ceil((wanted - tokens) / perNano)));
        }
    }
}
