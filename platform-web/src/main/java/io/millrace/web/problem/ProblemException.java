package io.millrace.web.problem;

import org.jspecify.annotations.Nullable;

/**
 * Ends a request with a {@link Problem}. It is an expected answer and not a fault: it carries no stack trace, so that
 * refusing stays cheap under overload, and nothing logs it.
 */
public final class ProblemException extends RuntimeException {

    private final transient Problem problem;

    /** Ends the request with {@code problem}. */
    public ProblemException(Problem problem) {
        this(problem, null);
    }

    /** Ends the request with {@code problem}, keeping what led to it for callers that look at causes. */
    public ProblemException(Problem problem, @Nullable Throwable cause) {
        super(problem.code(), cause, false, false);
        this.problem = problem;
    }

    /** What is answered. */
    public Problem problem() {
        return problem;
    }
}
