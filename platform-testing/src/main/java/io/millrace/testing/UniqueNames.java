package io.millrace.testing;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Names that no other test uses: tests share a broker and a database server, and are kept apart by names alone.
 *
 * <p>A name is the given prefix and eight random characters; thousands of names with one prefix are needed before two
 * could plausibly be equal.
 */
public final class UniqueNames {

    private static final int DIGITS = 8;
    private static final int RADIX = 36;

    private UniqueNames() {}

    /** A topic, such as {@code orders.k3x9q0ab}. */
    public static String topic(String prefix) {
        return prefix + "." + random();
    }

    /** A consumer group, such as {@code audit.k3x9q0ab}. */
    public static String group(String prefix) {
        return prefix + "." + random();
    }

    /** A database or role, such as {@code orders_k3x9q0ab}. */
    public static String database(String prefix) {
        return prefix.replace('-', '_') + "_" + random();
    }

    private static String random() {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < DIGITS; i++) {
            name.append(Character.forDigit(ThreadLocalRandom.current().nextInt(RADIX), RADIX));
        }
        return name.toString();
    }
}
