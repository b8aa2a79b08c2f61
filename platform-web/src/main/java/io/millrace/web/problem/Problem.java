package io.millrace.web.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Why a request was refused, as problem details (source: RFC 9457). A service throws it by {@link #toException()} or
 * answers it by {@link #toResponse()}; both give the same response.
 *
 * @param status the HTTP status, 400 to 599
 * @param code stable kebab-case name that clients branch on, such as {@code order-not-found}; also ends {@code type}
 * @param title what this kind of problem is, the same at every occurrence
 * @param detail what was wrong this time; null when the title says all. Never holds an exception's own message
 * @param errors the request's fields that were wrong; empty when the request as a whole was
 * @param retryAfter when to try again, sent as {@code Retry-After} in whole seconds; null when trying again is no use
 * @param members further members, such as the price found; names must differ from the standard ones
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"type", "code", "title", "status", "detail", "errors"})
public record Problem(
        int status,
        String code,
        String title,
        @Nullable String detail,
        List<FieldProblem> errors,
        @JsonIgnore @Nullable Duration retryAfter,
        @JsonAnyGetter Map<String, Object> members) {

    /** Media type of every refusal. */
    public static final MediaType MEDIA_TYPE = MediaType.APPLICATION_PROBLEM_JSON;

    /** Refuses a status that is no error. */
    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status must be 400 to 599, was " + status);
        }
        errors = List.copyOf(errors);
        members = Map.copyOf(members);
    }

    /** A problem without particulars. */
    public static Problem of(HttpStatus status, String code, String title) {
        return new Problem(status.value(), code, title, null, List.of(), null, Map.of());
    }

    /** 400: the request's content is wrong in the fields that {@link #at} adds. */
    public static Problem invalidRequest() {
        return of(HttpStatus.BAD_REQUEST, "invalid-request", "The request is not valid");
    }

    /** 404: there is no such thing, or the caller may not know of it. */
    public static Problem notFound(String code, String title) {
        return of(HttpStatus.NOT_FOUND, code, title);
    }

    /** 409: the request is in order, but not in the present state. */
    public static Problem conflict(String code, String title) {
        return of(HttpStatus.CONFLICT, code, title);
    }

    /** 422: the request is well-formed, and refused for what it says. */
    public static Problem unprocessable(String code, String title) {
        return of(HttpStatus.UNPROCESSABLE_CONTENT, code, title);
    }

    /** 503: the same request may succeed later. */
    public static Problem unavailable(String code, String title, Duration retryAfter) {
        return of(HttpStatus.SERVICE_UNAVAILABLE, code, title).retryAfter(retryAfter);
    }

    /** The same problem with what was wrong this time. */
    public Problem detail(String text) {
        return new Problem(status, code, title, text, errors, retryAfter, members);
    }

    /** The same problem naming one more wrong field by its JSON path, such as {@code lines[2].quantity}. */
    public Problem at(String field, String message) {
        return at(List.of(new FieldProblem(field, message)));
    }

    /** The same problem naming more wrong fields. */
    public Problem at(List<FieldProblem> more) {
        List<FieldProblem> all = Stream.concat(errors.stream(), more.stream()).toList();
        return new Problem(status, code, title, detail, all, retryAfter, members);
    }

    /** The same problem with a time to try again. */
    public Problem retryAfter(Duration delay) {
        return new Problem(status, code, title, detail, errors, delay, members);
    }

    /** The same problem with one more member. */
    public Problem with(String name, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(members);
        all.put(name, value);
        return new Problem(status, code, title, detail, errors, retryAfter, all);
    }

    /** URI of this kind of problem. */
    @JsonProperty("type")
    public String type() {
        return "urn:millrace:problem:" + code;
    }

    /** This problem, to be thrown from anywhere below a controller. */
    public ProblemException toException() {
        return new ProblemException(this);
    }

    /** This problem, to be returned from a controller or an advice. */
    public ResponseEntity<Object> toResponse() {
        return toResponse(HttpHeaders.EMPTY);
    }

    /** This problem with headers of its own kind, such as {@code Allow}. */
    public ResponseEntity<Object> toResponse(HttpHeaders headers) {
        ResponseEntity.BodyBuilder response =
                ResponseEntity.status(status).headers(headers).contentType(MEDIA_TYPE);
        retryAfterSeconds().ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
        return response.body(this);
    }

    /** The value of {@code Retry-After}, rounded up and at least one second. */
    Optional<String> retryAfterSeconds() {
        return retryAfter == null
                ? Optional.empty()
                : Optional.of(
                        Long.toString(Math.max(1, retryAfter.plusMillis(999).toSeconds())));
    }
}
