package io.millrace.traffic.provider;

import io.millrace.traffic.journal.Journal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The provider's paths. At most {@value #MOST_AT_ONCE} requests are unanswered at a time, of which {@value #MOST_EXPORTS}
 * may read the whole ledger; the next is answered 503.
 */
final class ProviderApi extends Handler.Abstract.NonBlocking {

    static final int MOST_AT_ONCE = 10_000;
    static final int MOST_EXPORTS = 4;

    private static final Logger log = LoggerFactory.getLogger(ProviderApi.class);
    private static final int EXPORT_BUFFER_BYTES = 64 * 1024;

    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final Semaphore exports = new Semaphore(MOST_EXPORTS);
    private final Journal journal;
    private final PaymentsHandler payments;

    ProviderApi(Journal journal, PaymentsHandler payments) {
        this.journal = journal;
        this.payments = payments;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!room.tryAcquire()) {
            new Reply(response, callback).problem(Problem.unavailable("too many requests are unanswered"));
            return true;
        }
        Callback counted = Callback.from(callback, () -> room.release());
        Reply reply = new Reply(response, counted);
        try {
            route(request, response, counted, reply);
        } catch (RuntimeException e) {
            // Whatever it is: the request must be answered, and its place given back.
            reply.failure(e);
        }
        return true;
    }

    private void route(Request request, Response response, Callback callback, Reply reply) {
        String[] path = Request.getPathInContext(request).split("/", -1);
        String first = path.length > 1 ? path[1] : "";
        boolean isVoid = path.length == 4 && path[3].equals("void");
        if (path.length == 2 && first.equals("health")) {
            only(HttpMethod.GET, request);
            health(reply);
        } else if (path.length == 2 && first.equals("ledger")) {
            only(HttpMethod.GET, request);
            export(response, callback, reply);
        } else if (!first.equals("payments") || path.length > 4 || (path.length == 4 && !isVoid)) {
            throw new ProblemException(Problem.noSuchPath());
        } else if (isVoid) {
            only(HttpMethod.POST, request);
            payments.giveBack(path[2], reply);
        } else if (path.length == 3) {
            only(HttpMethod.GET, request);
            payments.find(path[2], reply);
        } else if (HttpMethod.GET.is(request.getMethod())) {
            payments.findByQuery(request, reply);
        } else {
            only(HttpMethod.POST, request);
            payments.ask(request, reply);
        }
    }

    private static void only(HttpMethod method, Request request) {
        if (!method.is(request.getMethod())) {
            throw new ProblemException(Problem.methodNotAllowed());
        }
    }

    private void health(Reply reply) {
        if (journal.isUsable()) {
            reply.json(200, Map.of("status", "UP"));
        } else {
            reply.problem(Problem.unavailable("the ledger can't be written"));
        }
    }

    private void export(Response response, Callback callback, Reply reply) {
        if (!exports.tryAcquire()) {
            reply.problem(Problem.unavailable("others read the whole ledger"));
            return;
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-ndjson");
        Thread.ofVirtual().name("ledger-export").start(() -> {
            try (OutputStream out =
                    new BufferedOutputStream(Content.Sink.asOutputStream(response), EXPORT_BUFFER_BYTES)) {
                journal.export(out);
            } catch (IOException e) {
                log.info("Reading of the ledger broken off", e);
                callback.failed(e);
                return;
            } finally {
                exports.release();
            }
            callback.succeeded();
        });
    }
}
