package io.millrace.messaging.consumer;

import org.jspecify.annotations.Nullable;

/** An event that can be read but never applied: its record goes to the dead letters at once, with this message. */
public final class RefusedException extends RuntimeException {

    /** @param message why, without personal data */
    public RefusedException(String message) {
        super(message);
    }

    /**
     * @param message why, without personal data
     * @param cause what refused it
     */
    public RefusedException(@Nullable String message, Throwable cause) {
        super(message, cause);
    }
}
