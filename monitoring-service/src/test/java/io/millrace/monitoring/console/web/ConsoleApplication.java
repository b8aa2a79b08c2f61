package io.millrace.monitoring.console.web;

import io.millrace.web.route.Route;
import io.millrace.web.route.RouteRules;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The console on real HTTP and real security, with neither broker nor database. It bears no stereotype, as the service's own
 * scan would find it.
 */
@EnableAutoConfiguration(
        excludeName = {
            "io.millrace.messaging.wiring.MessagingAutoConfiguration",
            "io.millrace.messaging.outbox.OutboxAutoConfiguration",
            "io.millrace.messaging.consumer.ConsumerAutoConfiguration",
            "io.millrace.web.database.DatabaseAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
        })
@EnableConfigurationProperties(ConsoleProperties.class)
@Import({ConsoleController.class, ConsolePage.class, ConsoleFiles.class})
class ConsoleApplication {

    /** Starts it on a free port. */
    static ConfigurableApplicationContext start(String... arguments) {
        SpringApplication application = new SpringApplication(ConsoleApplication.class);
        return application.run(Stream.concat(Stream.of("--server.port=0"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    static String port(ConfigurableApplicationContext application) {
        return String.valueOf(application.getEnvironment().getProperty("local.server.port"));
    }

    @Bean
    RouteRules routes() {
        return RouteRules.of(ConsoleRoutes.all().toArray(Route[]::new));
    }
}
