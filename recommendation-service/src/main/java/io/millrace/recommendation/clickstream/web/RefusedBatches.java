package io.millrace.recommendation.clickstream.web;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts batches that were refused as a whole, whoever refused them: unreadable, too large, too many. */
final class RefusedBatches extends OncePerRequestFilter {

    private final MeterRegistry meters;

    RefusedBatches(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (response.getStatus() >= HttpStatus.BAD_REQUEST.value()
                && request.getMethod().equals(HttpMethod.POST.name())) {
            // One tag value for each status that a route can answer: few.
            meters.counter("millrace.recommendation.batches.refused", "status", Integer.toString(response.getStatus()))
                    .increment();
        }
    }
}
