package io.millrace.web.json;

import io.millrace.web.WebProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;

/** Makes controllers speak {@link HttpJson}, whatever mapper the application uses elsewhere. */
@AutoConfiguration
@EnableConfigurationProperties(WebProperties.class)
final class JsonAutoConfiguration {

    @Bean
    HttpJson httpJson(WebProperties properties) {
        return new HttpJson(properties.maxJsonDepth());
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE) // after Boot's own, which would set its mapper
    ServerHttpMessageConvertersCustomizer httpJsonConverter(HttpJson json) {
        return converters -> converters.withJsonConverter(new JacksonJsonHttpMessageConverter(json.mapper()));
    }
}
