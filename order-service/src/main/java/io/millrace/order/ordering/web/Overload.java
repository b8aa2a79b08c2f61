package io.millrace.order.ordering.web;

import io.millrace.order.ordering.OrderDesk;
import io.millrace.web.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Turns new orders away, before their body is read, while more are undecided than can be decided soon. */
final class Overload implements HandlerInterceptor {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final OrderDesk desk;

    Overload(OrderDesk desk) {
        this.desk = desk;
    }

    static Problem problem() {
        return Problem.unavailable("overloaded", "More orders are waiting than can be decided soon", RETRY_AFTER)
                .detail("Nothing was placed. Send the request again later.");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (HttpMethod.POST.matches(request.getMethod()) && !desk.isOpen()) {
            throw problem().toException();
        }
        return true;
    }
}
