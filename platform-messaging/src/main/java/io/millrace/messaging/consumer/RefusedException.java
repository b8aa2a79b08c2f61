package io.millrace.messaging.consumer;

/** An event that can be read but never applied: its record goes to the dead letters at once, with this message. */
public final class RefusedException extends RuntimeException {

    /** @param message why, without personal data */
    public RefusedException(String message) {
        super(message);
    }
}
