package io.millrace.web.request;

import io.millrace.web.problem.Problem;
import io.millrace.web.problem.ProblemException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * The version of something that a client means to change, from {@code If-Match} (source: RFC 9110, section 13.1.1). A
 * controller takes it as an argument; without the header any version will do, unless {@link #require()} is called.
 */
public final class ExpectedVersion {

    private static final String ANY = "*";

    private final Set<String> tags;

    private ExpectedVersion(Set<String> tags) {
        this.tags = tags;
    }

    /** The entity tag of a version, for the header {@code ETag}. */
    public static String tag(long version) {
        return "\"" + version + "\"";
    }

    static ExpectedVersion parse(List<String> headers) {
        Set<String> tags = new HashSet<>();
        for (String header : headers) {
            for (String tag : header.split(",", -1)) {
                tags.add(tag.strip());
            }
        }
        return new ExpectedVersion(tags);
    }

    /**
     * The same, for what may not be changed blindly.
     *
     * @throws ProblemException 428 when the request has no {@code If-Match}
     */
    public ExpectedVersion require() {
        if (tags.isEmpty()) {
            throw Problem.of(HttpStatus.PRECONDITION_REQUIRED, "precondition-required", "The request needs If-Match")
                    .at(HttpHeaders.IF_MATCH, "is required")
                    .toException();
        }
        return this;
    }

    /**
     * Goes on when the present version is the one expected. A weak tag never is.
     *
     * @throws ProblemException 412 when it is another
     */
    public void verify(long present) {
        if (!tags.isEmpty() && !tags.contains(ANY) && !tags.contains(tag(present))) {
            throw Problem.of(
                            HttpStatus.PRECONDITION_FAILED,
                            "precondition-failed",
                            "It has been changed since it was read")
                    .at(HttpHeaders.IF_MATCH, "is not the present version")
                    .toException();
        }
    }
}
