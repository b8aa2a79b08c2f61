package io.millrace.embedded;

import org.jspecify.annotations.Nullable;

/** A server could not be started; the message says why, with the end of the server's log where it has one. */
public final class ServerStartException extends RuntimeException {

    /** With the reason to show, and what led to it if anything did. */
    public ServerStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
