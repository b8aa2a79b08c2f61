package io.millrace.local.frontdoor;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to an instance, and to the next one where that is safe.
 *
 * <p>A connection that could not be made has delivered nothing: the next instance gets the request. One that broke after
 * it was made may have delivered it: the request is sent once more only if its repetition changes nothing (RFC 9110,
 * section 9.2.2, or an Idempotency-Key) and none of the answer has been passed on; to another instance where there is
 * one, as one that dies breaks all its connections. A time-out is never tried again.
 */
final class Forwarding {

    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS");
    private static final String KEY = "Idempotency-Key";

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final String service;
    private final Instances instances;
    private final HttpClient client;
    private final FrontDoorLimits limits;
    private final byte @Nullable [] body;
    private final Set<Instance> refused = new HashSet<>();
    private final Set<Instance> tried = new HashSet<>();
    private boolean repeated;

    /** A request whose body is held here, or is streamed when it is null. */
    Forwarding(
            Exchange exchange,
            String service,
            Instances instances,
            HttpClient client,
            FrontDoorLimits limits,
            byte @Nullable [] body) {
        this.request = exchange.request();
        this.response = exchange.response();
        this.callback = exchange.callback();
        this.service = service;
        this.instances = instances;
        this.client = client;
        this.limits = limits;
        this.body = body;
    }

    /** What a handler is given. */
    record Exchange(Request request, Response response, Callback callback) {}

    void send() {
        Optional<Instance> next = instances.next(service, tried).or(() -> instances.next(service, refused));
        if (next.isEmpty()) {
            refuse(Refusal.NOT_READY);
            return;
        }
        Instance instance = next.get();
        tried.add(instance);
        AtomicBoolean answered = new AtomicBoolean();
        var outgoing = client.newRequest("127.0.0.1", instance.port())
                .method(request.getMethod())
                .path(request.getHttpURI().getPathQuery())
                .idleTimeout(limits.silence().toMillis(), TimeUnit.MILLISECONDS)
                .headers(headers -> Headers.ofRequest(request, headers));
        if (body == null) {
            outgoing.body(new StreamedBody(request));
        } else if (body.length > 0) {
            outgoing.body(new BytesRequestContent(contentType(), body));
        }
        outgoing.onResponseContentSource((answer, content) -> {
                    answered.set(true); // from here on copying ends the exchange, well or not
                    response.setStatus(answer.getStatus());
                    Headers.ofResponse(answer.getHeaders(), response.getHeaders());
                    Content.copy(content, response, copied(instance));
                })
                .send(result -> {
                    if (!answered.get()) {
                        failed(instance, result.getFailure());
                    }
                });
    }

    /** An answer of which nothing has gone out yet can still be another one. */
    private Callback copied(Instance instance) {
        return new Callback.Nested(callback) {
            @Override
            public void failed(Throwable failure) {
                if (response.isCommitted()) {
                    super.failed(failure);
                } else {
                    response.reset();
                    Forwarding.this.failed(instance, failure);
                }
            }
        };
    }

    private String contentType() {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type == null ? "application/octet-stream" : type;
    }

    private void failed(Instance instance, Throwable failure) {
        switch (failure) {
            case ConnectException _ -> refusedBy(instance);
            case SocketTimeoutException _ -> refusedBy(instance); // the connection was not made in time
            case RejectedExecutionException _ -> refuse(Refusal.OVERLOADED);
            case TimeoutException _ -> refuse(Refusal.TOO_SLOW);
            case IllegalArgumentException _ -> refuse(Refusal.ofStatus(HttpStatus.BAD_REQUEST_400)); // never sent
            case Throwable _ -> broken();
        }
    }

    private void refusedBy(Instance instance) {
        instance.suspect();
        refused.add(instance);
        if (body == null) {
            refuse(Refusal.NOT_READY); // some of the stream may have been read
        } else {
            send();
        }
    }

    private void broken() {
        boolean repeatable =
                IDEMPOTENT.contains(request.getMethod()) || request.getHeaders().contains(KEY);
        if (repeatable && body != null && !repeated) {
            repeated = true;
            send();
        } else {
            refuse(Refusal.OUTCOME_UNKNOWN);
        }
    }

    private void refuse(Refusal refusal) {
        refusal.write(request, response, callback);
    }
}
