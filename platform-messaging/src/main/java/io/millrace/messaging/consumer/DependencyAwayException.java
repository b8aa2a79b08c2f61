package io.millrace.messaging.consumer;

/** Something the handler needs is away: the consumer waits and tries again for as long as it lasts, dropping nothing. */
public final class DependencyAwayException extends RuntimeException {

    /**
     * @param message what is away
     * @param cause how that showed
     */
    public DependencyAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
