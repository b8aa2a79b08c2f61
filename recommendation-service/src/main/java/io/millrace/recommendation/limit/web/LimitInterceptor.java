package io.millrace.recommendation.limit.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.recommendation.limit.AddressLimit;
import io.millrace.web.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Answers 429 to an address that asks too often. The address is the connection's, or what the front door says it is: the
 * server believes a proxy of a private network only.
 */
final class LimitInterceptor implements HandlerInterceptor {

    private final AddressLimit limit;
    private final Counter limited;

    LimitInterceptor(AddressLimit limit, MeterRegistry meters, String what) {
        this.limit = limit;
        this.limited = Counter.builder("millrace.recommendation.requests.limited")
                .description("requests refused because their address sent too many")
                .tag("route", what)
                .register(meters);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Optional<Duration> wait = limit.take(request.getRemoteAddr());
        if (wait.isPresent()) {
            limited.increment();
            throw Problem.of(HttpStatus.TOO_MANY_REQUESTS, "too-many-requests", "There were too many requests")
                    .retryAfter(wait.get())
                    .toException();
        }
        return true;
    }
}
