package io.millrace.web.request;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives controllers {@link IdempotencyKey}, {@link ExpectedVersion} and {@link PageRequest} as arguments. */
final class RequestArguments implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        return type == IdempotencyKey.class || type == ExpectedVersion.class || type == PageRequest.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer model,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binder) {
        Class<?> type = parameter.getParameterType();
        if (type == IdempotencyKey.class) {
            return IdempotencyKey.parse(headers(request, IdempotencyKey.HEADER));
        }
        if (type == ExpectedVersion.class) {
            return ExpectedVersion.parse(headers(request, HttpHeaders.IF_MATCH));
        }
        return PageRequest.parse(request.getParameter("limit"), request.getParameter("cursor"));
    }

    private static List<String> headers(NativeWebRequest request, String name) {
        String[] values = request.getHeaderValues(name);
        return values == null ? List.of() : List.of(values);
    }
}
