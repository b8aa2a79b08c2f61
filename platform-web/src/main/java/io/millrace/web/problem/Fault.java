package io.millrace.web.problem;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An error nobody expected: logged in full under an id, answered with nothing but that id. */
public final class Fault {

    private static final Logger LOG = LoggerFactory.getLogger(Fault.class);

    private Fault() {}

    /** Logs the failure and gives the problem to answer with. */
    public static Problem report(HttpServletRequest request, Throwable failure) {
        Throwable cause = failure instanceof ServletException wrapper && wrapper.getRootCause() != null
                ? wrapper.getRootCause()
                : failure;
        String correlationId = UUID.randomUUID().toString();
        LOG.atError()
                .setCause(cause)
                .addKeyValue("correlationId", correlationId)
                .addKeyValue("method", request.getMethod())
                .addKeyValue("path", request.getRequestURI())
                .log("Request failed unexpectedly");
        return Problems.internalError(correlationId);
    }
}
