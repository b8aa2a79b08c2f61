package io.millrace.web.request;

import io.millrace.web.problem.Problem;
import io.millrace.web.problem.ProblemException;
import java.util.List;
import org.springframework.http.HttpStatus;

/**
 * The client's name for one attempt to create something, by which repeating the request repeats its answer and not its
 * effect (source: IETF draft-ietf-httpapi-idempotency-key-header). A controller that takes one as an argument requires
 * the header {@code Idempotency-Key}.
 *
 * @param value 1 to 255 visible ASCII characters, taken as they are: quotation marks, if sent, are part of the key
 */
public record IdempotencyKey(String value) {

    /** Name of the header. */
    public static final String HEADER = "Idempotency-Key";

    private static final int LONGEST = 255;

    /** Refuses anything but 1 to 255 visible ASCII characters. */
    public IdempotencyKey {
        if (!isValid(value)) {
            throw new IllegalArgumentException("an idempotency key has 1 to 255 visible ASCII characters");
        }
    }

    /**
     * The key of a request.
     *
     * @param headers all values of the header
     * @throws ProblemException 400 when there is none, more than one, or one that is not valid
     */
    static IdempotencyKey parse(List<String> headers) {
        if (headers.isEmpty()) {
            throw problem("idempotency-key-missing", "The request needs an Idempotency-Key", "is required");
        }
        if (headers.size() > 1 || !isValid(headers.getFirst())) {
            throw problem(
                    "idempotency-key-invalid",
                    "The Idempotency-Key is not valid",
                    "must be one value of 1 to 255 visible ASCII characters");
        }
        return new IdempotencyKey(headers.getFirst());
    }

    private static ProblemException problem(String code, String title, String message) {
        return Problem.of(HttpStatus.BAD_REQUEST, code, title)
                .at(HEADER, message)
                .toException();
    }

    private static boolean isValid(String value) {
        return !value.isEmpty()
                && value.length() <= LONGEST
                && value.chars().allMatch(character -> character > 0x20 && character < 0x7f);
    }
}
