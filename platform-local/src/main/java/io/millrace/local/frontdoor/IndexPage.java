package io.millrace.local.frontdoor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What stands at {@code /}: where everything is. */
final class IndexPage {

    private final byte[] page;

    IndexPage(Routes routes) {
        String items = routes.all().stream()
                .sorted((one, other) -> one.path().compareTo(other.path()))
                .map(route ->
                        "<li><a href=\"%s\">%s</a> (%s)</li>".formatted(route.path(), route.path(), route.service()))
                .collect(Collectors.joining("\n"));
        page = """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Millrace</title></head>
            <body>
            <h1>Millrace</h1>
            <p>An online shop's event pipelines. Addresses served here:</p>
            <ul>
            %s
            </ul>
            </body>
            </html>
            """.formatted(items).getBytes(StandardCharsets.UTF_8);
    }

    void write(Request request, Response response, Callback callback) {
        boolean head = "HEAD".equals(request.getMethod());
        if (!head && !"GET".equals(request.getMethod())) {
            HttpFields allowed = HttpFields.build().add(HttpHeader.ALLOW, "GET, HEAD");
            new Refusal(405, "method-not-allowed", "Only GET is served here", 0)
                    .write(request, response, allowed, callback);
            return;
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html;charset=utf-8");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, page.length);
        response.getHeaders().put("Content-Security-Policy", "default-src 'none'");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(true, head ? ByteBuffer.allocate(0) : ByteBuffer.wrap(page), callback);
    }
}
