package io.millrace.local.frontdoor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What the front door answers by itself, as a problem (RFC 9457).
 *
 * @param status HTTP status
 * @param code stable name of the problem
 * @param title what it says to people
 * @param retryAfterSeconds when to come again; 0 for no such hint
 */
record Refusal(int status, String code, String title, int retryAfterSeconds) {

    static final Refusal MISDIRECTED = new Refusal(
            421, "misdirected-request", "Nothing is served under this host name; MILLRACE_HOSTS may add it", 0);
    static final Refusal NO_ROUTE = new Refusal(404, "not-found", "Nothing is served at this address", 0);
    static final Refusal NOT_READY =
            new Refusal(503, "service-unavailable", "The service behind this address is not ready", 1);
    static final Refusal CLOSING = new Refusal(503, "service-unavailable", "The platform is being stopped", 1);
    static final Refusal OVERLOADED = new Refusal(503, "overloaded", "Too many requests are waiting", 1);
    static final Refusal OUTCOME_UNKNOWN = new Refusal(
            502, "outcome-unknown", "The connection to the service broke; whether it did its work is not known", 1);
    static final Refusal TOO_SLOW = new Refusal(
            504, "outcome-unknown", "The service did not answer in time; whether it did its work is not known", 1);

    /** For what the server itself refuses: malformed requests, and all requests while it closes. */
    static Refusal ofStatus(int status) {
        if (status == CLOSING.status()) {
            return CLOSING;
        }
        return new Refusal(status, status < 500 ? "invalid-request" : "internal-error", "The request was refused", 0);
    }

    /** Nothing that was meant for another answer stays. */
    void write(Request request, Response response, Callback callback) {
        write(request, response, HttpFields.EMPTY, callback);
    }

    void write(Request request, Response response, HttpFields fields, Callback callback) {
        response.reset();
        response.getHeaders().add(fields);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        if (retryAfterSeconds > 0) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, retryAfterSeconds);
        }
        byte[] body = json().getBytes(StandardCharsets.UTF_8);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        boolean head = "HEAD".equals(request.getMethod());
        response.write(true, head ? ByteBuffer.allocate(0) : ByteBuffer.wrap(body), callback);
    }

    /** All parts are constants of this class: nothing needs to be escaped. */
    private String json() {
        return "{\"type\":\"urn:millrace:problem:%s\",\"title\":\"%s\",\"status\":%d,\"code\":\"%s\"}"
                .formatted(code, title, status, code);
    }
}
