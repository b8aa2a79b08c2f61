package io.millrace.monitoring.telemetry;

import java.util.Optional;
import java.util.UUID;

/** Tells order ids from other texts. */
public final class OrderIds {

    private static final int LENGTH = 36;

    private OrderIds() {}

    /** The id; empty unless the text is a UUID in its usual form. */
    public static Optional<UUID> parse(String text) {
        // UUID.fromString takes shortened forms as well, which are some other text
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
