package io.millrace.web.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/** Answers with a problem from where Spring MVC is not: filters, and the container's own refusals. */
public final class ProblemWriter {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ProblemWriter() {}

    /**
     * Writes the problem as the whole response, replacing what was written into the buffer so far; headers stay. Does
     * nothing when the response is on its way already.
     */
    public static void write(HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        byte[] body = bytes(problem);
        response.setContentType(Problem.MEDIA_TYPE.toString());
        response.setContentLength(body.length);
        problem.retryAfterSeconds().ifPresent(seconds -> response.setHeader(HttpHeaders.RETRY_AFTER, seconds));
        response.getOutputStream().write(body);
    }

    /** The problem as JSON. */
    public static byte[] bytes(Problem problem) {
        return JSON.writeValueAsBytes(problem);
    }
}
