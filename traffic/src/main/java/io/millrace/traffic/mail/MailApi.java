package io.millrace.traffic.mail;

import io.millrace.traffic.journal.JournalException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The catcher's paths. Requests are few and by people, so each has a thread until it is answered. */
final class MailApi extends Handler.Abstract {

    private static final Logger log = LoggerFactory.getLogger(MailApi.class);

    private final MailFolder folder;

    MailApi(MailFolder folder) {
        this.folder = folder;
    }

    /** A page of mails; without next it is the last. */
    private record Listed(
            List<CaughtMail> messages, @Nullable String next) {}

    /** A mail with what it says. */
    private record Shown(CaughtMail message, String headers, String text) {}

    /** Why a request was not carried out (RFC 9457). */
    private record Problem(String type, String code, int status, String detail) {}

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        try {
            route(request, response, callback);
        } catch (IllegalArgumentException e) {
            log.debug("request refused", e);
            problem(response, callback, 400, "malformed-request", String.valueOf(e.getMessage()));
        } catch (JournalException e) {
            log.warn("Request refused, as the folder can't be read", e);
            problem(response, callback, 503, "unavailable", "the caught mails can't be read");
        }
        return true;
    }

    private void route(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        if (!HttpMethod.GET.is(request.getMethod())) {
            problem(response, callback, 405, "method-not-allowed", "there is only GET");
        } else if (path.equals("/mail") || path.equals("/mail/")) {
            page(request, response, callback);
        } else if (path.equals("/mail/messages")) {
            list(request, response, callback);
        } else if (path.startsWith("/mail/messages/")) {
            show(path.substring("/mail/messages/".length()), response, callback);
        } else if (path.equals("/mail/health")) {
            health(response, callback);
        } else {
            problem(response, callback, 404, "no-such-path", "there is nothing at this path");
        }
    }

    private void page(Request request, Response response, Callback callback) {
        Fields parameters = Request.extractQueryParameters(request);
        String id = parameters.getValue("id");
        MailQuery query = MailQuery.of(parameters);
        if (id == null) {
            html(response, callback, 200, MailPage.list(query, query.oneMore(folder), folder.size()));
            return;
        }
        Optional<MailFolder.Whole> found = folder.find(id);
        html(
                response,
                callback,
                found.isPresent() ? 200 : 404,
                found.map(whole -> MailPage.show(whole.mail(), MailContent.of(whole.raw())))
                        .orElseGet(MailPage::missing));
    }

    private void list(Request request, Response response, Callback callback) {
        MailQuery query = MailQuery.of(Request.extractQueryParameters(request));
        List<CaughtMail> found = query.oneMore(folder);
        boolean more = found.size() > query.limit();
        List<CaughtMail> shown = more ? found.subList(0, query.limit()) : found;
        json(
                response,
                callback,
                200,
                new Listed(shown, more ? String.valueOf(shown.getLast().number()) : null));
    }

    private void show(String id, Response response, Callback callback) {
        Optional<MailFolder.Whole> found = folder.find(id);
        if (found.isEmpty()) {
            problem(
                    response,
                    callback,
                    404,
                    "mail-not-found",
                    "there is no mail of this id, or it is not kept any more");
            return;
        }
        MailContent content = MailContent.of(found.get().raw());
        json(response, callback, 200, new Shown(found.get().mail(), content.headers(), content.text()));
    }

    private void health(Response response, Callback callback) {
        if (folder.isUsable()) {
            json(response, callback, 200, Map.of("status", "UP"));
        } else {
            problem(response, callback, 503, "unavailable", "nothing can be kept");
        }
    }

    private static void problem(Response response, Callback callback, int status, String code, String detail) {
        Problem problem = new Problem("urn:millrace:problem:" + code, code, status, detail);
        answer(response, callback, status, "application/problem+json", MailFolder.JSON.writeValueAsBytes(problem));
    }

    private static void json(Response response, Callback callback, int status, Object body) {
        answer(response, callback, status, "application/json", MailFolder.JSON.writeValueAsBytes(body));
    }

    private static void html(Response response, Callback callback, int status, String page) {
        response.getHeaders().put("Content-Security-Policy", MailPage.POLICY);
        response.getHeaders().put("Referrer-Policy", "no-referrer");
        answer(response, callback, status, "text/html;charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(Response response, Callback callback, int status, String type, byte[] body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
