package io.millrace.local.frontdoor;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A body that goes through as it comes; it can't be sent twice. */
final class StreamedBody implements org.eclipse.jetty.client.Request.Content {

    private final Request request;

    StreamedBody(Request request) {
        this.request = request;
    }

    @Override
    public long getLength() {
        return request.getLength();
    }

    @Override
    public @Nullable String getContentType() {
        return request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    }

    @Override
    public Content.@Nullable Chunk read() {
        return request.read();
    }

    @Override
    public void demand(Runnable demandCallback) {
        request.demand(demandCallback);
    }

    @Override
    public void fail(Throwable failure) {
        request.fail(failure);
    }
}
