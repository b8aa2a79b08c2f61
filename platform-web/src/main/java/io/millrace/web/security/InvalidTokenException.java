package io.millrace.web.security;

import org.springframework.security.core.AuthenticationException;

/** A token that is not to be honoured; the reason is for the log alone. */
final class InvalidTokenException extends AuthenticationException {

    InvalidTokenException(String reason) {
        super(reason);
    }
}
