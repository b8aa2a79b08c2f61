package io.millrace.web.request;

import io.millrace.web.problem.Problem;
import io.millrace.web.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list a client asks for, from the parameters {@code limit} and {@code cursor}. A controller takes it as
 * an argument.
 *
 * @param limit most items to answer with, 1 to 200, by default 50
 * @param after the position behind which to go on, as the service gave it to {@link Page#of}; empty for the beginning
 */
public record PageRequest(int limit, Optional<String> after) {

    /** Most items of a page. */
    public static final int MOST = 200;

    /** Items of a page when the client does not say. */
    public static final int USUAL = 50;

    /** Characters; positions are a few ids. */
    private static final int LONGEST_CURSOR = 512;

    /**
     * Reads the parameters.
     *
     * @throws ProblemException 400 naming the parameter that is wrong
     */
    static PageRequest parse(@Nullable String limit, @Nullable String cursor) {
        return new PageRequest(
                limit == null ? USUAL : limit(limit),
                Optional.ofNullable(cursor).map(PageRequest::decode));
    }

    private static int limit(String text) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
            throw Problem.invalidRequest()
                    .at("limit", "must be a whole number from 1 to " + MOST)
                    .toException();
        }
        return Integer.parseInt(text);
    }

    private static String decode(String cursor) {
        try {
            String position = cursor.length() > LONGEST_CURSOR
                    ? ""
                    : new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (!position.isEmpty() && position.indexOf('\0') < 0) {
                return position;
            }
        } catch (IllegalArgumentException notBase64) {
            // answered below, like a cursor of ours that has been cut
        }
        throw badCursor();
    }

    /** The refusal of a cursor that no page of this list gave, also for services whose positions have a form. */
    public static ProblemException badCursor() {
        return Problem.invalidRequest()
                .at("cursor", "must be the cursor of an earlier page")
                .toException();
    }
}
