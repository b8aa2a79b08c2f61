package io.millrace.local;

/** The platform can't be started or used; the message says why, to the person at the terminal. */
public final class PlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public PlatformException(String message) {
        super(message);
    }

    /** Why, and what it came from. */
    public PlatformException(String message, Throwable cause) {
        super(message, cause);
    }
}
