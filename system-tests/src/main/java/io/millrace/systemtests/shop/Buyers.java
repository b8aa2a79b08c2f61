package io.millrace.systemtests.shop;

import io.millrace.identity.TokenMinter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Any number of customers, each with a token. Fraud scoring looks at how often one customer orders, so whoever places
 * thousands of orders needs many. Thread-safe.
 */
public final class Buyers {

    /** How many orders one buyer may place without being looked at twice, with room to spare. */
    public static final int ORDERS_EACH = 12;

    private static final List<String> SCOPES = List.of("orders:read", "orders:write");
    private static final Duration LIFE = Duration.ofHours(24);

    private final TokenMinter minter;
    private final String prefix;
    private final AtomicInteger next = new AtomicInteger(1_000);
    private final ConcurrentMap<Integer, String> tokens = new ConcurrentHashMap<>();

    /**
     * Buyers of a platform.
     *
     * @param keys where identity keeps its key
     * @param issuer of the platform
     * @param prefix begins every buyer's name
     */
    public Buyers(Path keys, String issuer, String prefix) {
        this.minter = TokenMinter.of(keys, issuer);
        this.prefix = prefix;
    }

    /** The first of some buyers nobody was given before; from 1,000 on, as the numbers below are for whoever names them. */
    public int block(int count) {
        return next.getAndAdd(count);
    }

    /** The name of a buyer. */
    public String name(int number) {
        return prefix + "-" + number;
    }

    /** A buyer's token, made when it is first asked for, which takes some milliseconds. */
    public String token(int number) {
        return tokens.computeIfAbsent(number, made -> minter.mint(name(made), SCOPES, LIFE));
    }
}
