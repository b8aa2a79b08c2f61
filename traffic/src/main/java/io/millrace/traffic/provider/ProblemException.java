package io.millrace.traffic.provider;

/** Ends the handling of a request with a problem as its answer. */
final class ProblemException extends RuntimeException {

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.code(), null, false, false); // an answer, not a failure: no stack trace is of use
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
