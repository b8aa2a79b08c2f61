package io.millrace.traffic.provider;

import io.millrace.traffic.journal.JournalException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answer to one request, given once, from whatever thread. */
final class Reply {

    private static final Logger log = LoggerFactory.getLogger(Reply.class);

    private final Response response;
    private final Callback callback;

    Reply(Response response, Callback callback) {
        this.response = response;
        this.callback = callback;
    }

    void json(int status, Object body) {
        bytes(status, "application/json", Json.MAPPER.writeValueAsBytes(body));
    }

    void bytes(int status, String type, byte[] body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    void problem(Problem problem) {
        if (problem.status() == 503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        }
        bytes(problem.status(), "application/problem+json", Json.MAPPER.writeValueAsBytes(problem));
    }

    /** The answer to a request that could not be carried out. */
    void failure(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        switch (cause) {
            case ProblemException e -> problem(e.problem());
            case JournalException e -> {
                log.warn("Request refused, as the ledger takes nothing", e);
                problem(Problem.unavailable("the ledger can't be written"));
            }
            default -> {
                log.error("Request failed unexpectedly", cause);
                problem(Problem.unexpected());
            }
        }
    }
}
