package io.millrace.web.database;

import io.millrace.web.WebProperties;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** For services with a database. */
@AutoConfiguration(afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@EnableConfigurationProperties(WebProperties.class)
final class DatabaseAutoConfiguration {

    @Bean
    DatabaseDeadline databaseDeadline(WebProperties properties) {
        return new DatabaseDeadline(properties.databaseDeadline(), properties.databaseReads());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(CannotGetJdbcConnectionException.class)
    static class Failures {

        @Bean
        @Order(Ordered.LOWEST_PRECEDENCE)
        DatabaseAdvice databaseAdvice() {
            return new DatabaseAdvice();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(DataSource.class)
    static class ForDataSource {

        /** Named so that it reads {@code database} in the health groups. */
        @Bean("databaseHealthIndicator")
        DatabaseHealth databaseHealth(DataSource database, WebProperties properties) {
            // Its own deadline: while requests use up theirs, the check still gets its turn.
            return new DatabaseHealth(database, new DatabaseDeadline(properties.databaseDeadline(), 2));
        }
    }
}
