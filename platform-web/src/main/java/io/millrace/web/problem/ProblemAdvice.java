package io.millrace.web.problem;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Turns what Spring MVC refuses, and every {@link ProblemException}, into problem details. A service's own advice comes
 * before it. What neither knows is a {@link Fault}.
 */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

    @ExceptionHandler
    ResponseEntity<Object> problem(ProblemException refused) {
        return refused.problem().toResponse();
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return BodyProblems.of(ex).toResponse();
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<FieldProblem> errors = ex.getAllErrors().stream()
                .map(error -> new FieldProblem(fieldOf(error, ""), message(error.getDefaultMessage())))
                .toList();
        return Problem.invalidRequest().at(errors).toResponse();
    }

    @Override
    protected ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (ex.isForReturnValue()) {
            throw ex; // our own answer is wrong: a fault
        }
        List<FieldProblem> errors = ex.getParameterValidationResults().stream()
                .flatMap(ProblemAdvice::fieldsOf)
                .toList();
        return Problem.invalidRequest().at(errors).toResponse();
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = ex instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : String.valueOf(ex.getPropertyName());
        Class<?> required = ex.getRequiredType();
        String message = required == null ? "has the wrong type" : BodyProblems.expectation(required);
        return Problem.invalidRequest().at(name, message).toResponse();
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException ex,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return Problem.invalidRequest().at(ex.getParameterName(), "is required").toResponse();
    }

    @Override
    protected ResponseEntity<Object> handleServletRequestBindingException(
            ServletRequestBindingException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (ex instanceof MissingRequestHeaderException header) {
            return Problem.invalidRequest()
                    .at(header.getHeaderName(), "is required")
                    .toResponse();
        }
        return Problem.invalidRequest().toResponse();
    }

    /** Everything else that Spring MVC refuses says enough by its status and headers. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception ex, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (status.value() == 500) {
            throw new IllegalStateException(ex); // ours: goes to the log as a fault
        }
        return problemOf(status).toResponse(headers);
    }

    private static Problem problemOf(HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> Problems.noRoute();
            case 405 -> Problems.methodNotAllowed();
            default -> Problems.ofStatus(status);
        };
    }

    private static Stream<FieldProblem> fieldsOf(ParameterValidationResult result) {
        String name = nameOf(result.getMethodParameter());
        if (result instanceof ParameterErrors errors) {
            String index = errors.getContainerIndex() == null ? "" : "[" + errors.getContainerIndex() + "].";
            return errors.getAllErrors().stream()
                    .map(error -> new FieldProblem(fieldOf(error, index), message(error.getDefaultMessage())));
        }
        return result.getResolvableErrors().stream()
                .map(error -> new FieldProblem(name, message(error.getDefaultMessage())));
    }

    private static String nameOf(MethodParameter parameter) {
        String name = parameter.getParameterName();
        return name == null ? "argument " + parameter.getParameterIndex() : name;
    }

    private static String fieldOf(ObjectError error, String prefix) {
        return error instanceof FieldError field ? prefix + field.getField() : prefix;
    }

    private static String message(@Nullable String text) {
        return text == null ? "is not valid" : text;
    }
}
