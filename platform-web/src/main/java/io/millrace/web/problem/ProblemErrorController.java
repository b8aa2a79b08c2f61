package io.millrace.web.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers what the container forwards as an error: a status set by {@code sendError}, or a failure on a thread of an
 * asynchronous request. It can't be called from outside, as no route leads to it.
 */
@RestController
final class ProblemErrorController implements ErrorController {

    @RequestMapping("/error")
    ResponseEntity<Object> error(HttpServletRequest request) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int code = status instanceof Integer number && number >= 400 ? number : HttpStatus.NOT_FOUND.value();
        Object failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        if (code >= 500 && failure instanceof Throwable unexpected) {
            return Fault.report(request, unexpected).toResponse();
        }
        return refusal(code, failure).toResponse();
    }

    /** Tomcat answers a body that breaks off by itself, over the head of who reads it. */
    private static Problem refusal(int code, @Nullable Object failure) {
        if (failure instanceof IOException && code == HttpStatus.REQUEST_TIMEOUT.value()) {
            return Problems.bodyTimeout();
        }
        if (failure instanceof IOException && code == HttpStatus.BAD_REQUEST.value()) {
            return Problems.bodyIncomplete();
        }
        return Problems.ofStatus(HttpStatusCode.valueOf(code));
    }
}
