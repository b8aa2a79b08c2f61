package io.millrace.web.problem;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Says what is wrong with a body that could not be read, by the field's path and never by an exception's message. */
public final class BodyProblems {

    /** How Jackson begins to say that the body goes on behind its value; it has no type of its own for it. */
    private static final String TRAILING = "Trailing token";

    private BodyProblems() {}

    /** The problem of a failure to read a body, found among the failure and its causes. */
    public static Problem of(Throwable failure) {
        JacksonException json = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException known) {
                return known.problem();
            }
            if (json == null && cause instanceof JacksonException found) {
                json = found;
            }
        }
        return json == null ? missing() : of(json);
    }

    private static Problem of(JacksonException failure) {
        return switch (failure) {
            case NulCharacterException nul -> Problems.nulCharacter(path(nul));
            case StreamConstraintsException limit ->
                malformed(limit).detail("The body is nested too deeply, or one of its names or numbers is too long.");
            case InputCoercionException range -> field(range, expectation(range.getTargetType()));
            case StreamReadException syntax -> malformed(syntax);
            case UnrecognizedPropertyException unknown -> field(unknown, "is not known");
            case InvalidNullException missing -> field(missing, "is required");
            case ValueInstantiationException refused -> field(refused, reason(refused));
            case MismatchedInputException more when more.getOriginalMessage().startsWith(TRAILING) -> malformed(more);
            case MismatchedInputException mismatch -> field(mismatch, expectation(mismatch.getTargetType()));
            default -> field(failure, "is not valid");
        };
    }

    private static Problem missing() {
        return Problem.of(HttpStatus.BAD_REQUEST, "body-missing", "The request needs a body");
    }

    private static Problem field(JacksonException failure, String message) {
        String path = path(failure);
        Problem problem = Problem.invalidRequest();
        return path.isEmpty() ? problem.detail("The body " + message + ".") : problem.at(path, message);
    }

    private static Problem malformed(JacksonException failure) {
        Problem problem = Problem.of(HttpStatus.BAD_REQUEST, "malformed-json", "The body is not well-formed JSON");
        TokenStreamLocation where = failure.getLocation();
        if (where != null && where.getLineNr() > 0) {
            problem = problem.detail(
                    "The error is at line %d, column %d.".formatted(where.getLineNr(), where.getColumnNr()));
        }
        String path = path(failure);
        return path.isEmpty() ? problem : problem.at(path, "is not well-formed");
    }

    /** A record's own constructor refuses a value by an IllegalArgumentException, whose message is meant for callers. */
    private static String reason(ValueInstantiationException refused) {
        Throwable cause = refused.getCause();
        String message = cause instanceof IllegalArgumentException ? cause.getMessage() : null;
        return message == null ? "is not valid" : message;
    }

    private static String path(JacksonException failure) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : failure.getPath()) {
            if (step.getPropertyName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            } else if (step.getIndex() >= 0) {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        return path.toString();
    }

    /** What a value of this type looks like in a request, as the end of a sentence about a field. */
    static String expectation(@Nullable Class<?> type) {
        if (type == null) {
            return "has the wrong type";
        }
        if (type.isEnum()) {
            return "must be one of " + constants(type);
        }
        if (type == UUID.class) {
            return "must be a UUID";
        }
        if (type == Instant.class) {
            return "must be a time such as 2026-01-31T12:00:00Z";
        }
        if (type == LocalDate.class) {
            return "must be a date such as 2026-01-31";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "must be true or false";
        }
        if (type == String.class) {
            return "must be a string";
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "must be a whole number within range";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "must be a number";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "must be an array";
        }
        return type.isRecord() || Map.class.isAssignableFrom(type) ? "must be an object" : "has the wrong type";
    }

    private static String constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(Object::toString).collect(Collectors.joining(", "));
    }
}
