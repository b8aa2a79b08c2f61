package io.millrace.order.ordering.web;

import io.millrace.order.ordering.OrderDesk;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts admission before placing. */
@Configuration(proxyBeanMethods = false)
class OrderWebConfiguration implements WebMvcConfigurer {

    private final OrderDesk desk;

    OrderWebConfiguration(OrderDesk desk) {
        this.desk = desk;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new Overload(desk)).addPathPatterns("/api/orders");
    }
}
