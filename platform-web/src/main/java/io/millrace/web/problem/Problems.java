package io.millrace.web.problem;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.unit.DataSize;

/** The refusals that every service shares. */
public final class Problems {

    private static final Duration SOON = Duration.ofSeconds(1);

    private Problems() {}

    /** 400: a string holds U+0000, which PostgreSQL can't store. */
    public static Problem nulCharacter(String field) {
        return Problem.invalidRequest().at(field, "must not contain the character U+0000");
    }

    /** 404: no route of the service has this path. */
    public static Problem noRoute() {
        return Problem.notFound("not-found", "There is nothing at this path");
    }

    /** 405: the route has other methods, which the response names in {@code Allow}. */
    public static Problem methodNotAllowed() {
        return Problem.of(HttpStatus.METHOD_NOT_ALLOWED, "method-not-allowed", "The method is not allowed here");
    }

    /** 413: the body is larger than the route takes. */
    public static Problem bodyTooLarge(DataSize limit) {
        return Problem.of(HttpStatus.CONTENT_TOO_LARGE, "body-too-large", "The request body is too large")
                .detail("The body may have at most " + limit.toBytes() + " bytes.");
    }

    /** 408: the body did not arrive in time. */
    public static Problem bodyTimeout() {
        return Problem.of(HttpStatus.REQUEST_TIMEOUT, "body-timeout", "The request body did not arrive in time");
    }

    /** 400: the body ended before its stated length, or its chunks are malformed. */
    public static Problem bodyIncomplete() {
        return Problem.of(HttpStatus.BAD_REQUEST, "body-incomplete", "The request body is incomplete");
    }

    /** 503: the database does not answer, or not in time. */
    public static Problem databaseUnavailable() {
        return Problem.unavailable("database-unavailable", "The database is unavailable, try again later", SOON);
    }

    /** 503: tokens can't be verified because the issuer's keys can't be read. */
    public static Problem issuerUnavailable() {
        return Problem.unavailable("issuer-unavailable", "Tokens can't be verified now, try again later", SOON);
    }

    /** 500: a fault of ours; the id leads to the log entry, which alone says what it was. */
    public static Problem internalError(String correlationId) {
        return Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal-error", "Something went wrong on our side")
                .with("correlationId", correlationId);
    }

    /** The problem of a bare status, named by the status itself. */
    public static Problem ofStatus(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        if (known == null) {
            return new Problem(
                    status.value(),
                    "status-" + status.value(),
                    "The request was refused",
                    null,
                    List.of(),
                    null,
                    Map.of());
        }
        Problem problem =
                Problem.of(known, known.name().toLowerCase(Locale.ROOT).replace('_', '-'), known.getReasonPhrase());
        return known == HttpStatus.SERVICE_UNAVAILABLE ? problem.retryAfter(SOON) : problem;
    }
}
