package io.millrace.messaging;

/** A record that no retry makes readable: broken JSON, an unknown type, missing headers or no value. */
public final class UndecodableException extends RuntimeException {

    /** @param message what is wrong, without payload data */
    public UndecodableException(String message) {
        super(message);
    }

    /**
     * @param message what is wrong, without payload data
     * @param cause the parser's error
     */
    public UndecodableException(String message, Throwable cause) {
        super(message, cause);
    }
}
