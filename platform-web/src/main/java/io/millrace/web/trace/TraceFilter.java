package io.millrace.web.trace;

import io.millrace.telemetry.trace.CurrentSpan;
import io.millrace.telemetry.trace.Span;
import io.millrace.telemetry.trace.Tracer;
import io.millrace.web.route.Route;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Begins the span of a request, below the client's where it sends a {@code traceparent}, whose flag is not believed. It ends
 * with the request, or where an asynchronous one lets go of its thread.
 */
final class TraceFilter extends OncePerRequestFilter {

    private static final String TRACEPARENT = "traceparent";
    private static final int SERVER_ERROR = 500;

    private final Tracer tracer;

    TraceFilter(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Span span = tracer.server(request.getMethod(), request.getHeader(TRACEPARENT));
        boolean returned = false;
        try {
            CurrentSpan.<ServletException, IOException>during(span, () -> chain.doFilter(request, response));
            returned = true;
        } finally {
            end(span, request, returned ? response.getStatus() : SERVER_ERROR);
        }
    }

    private static void end(Span span, HttpServletRequest request, int status) {
        if (span.isRecorded()) {
            // The pattern, never the path: it may name what is nobody's business.
            Route.of(request).ifPresent(route -> span.name(route.toString()).attribute("http.route", route.pattern()));
            span.attribute("http.request.method", request.getMethod());
            span.attribute("http.response.status_code", status);
            if (status >= SERVER_ERROR) {
                span.failed("answered " + status);
            }
        }
        span.end();
    }
}
