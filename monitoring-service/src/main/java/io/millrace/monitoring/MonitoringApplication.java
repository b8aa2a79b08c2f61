package io.millrace.monitoring;

import io.millrace.messaging.outbox.OutboxAutoConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** monitoring-service: keeps logs, metrics and events of the whole platform, and shows them. */
@SpringBootApplication(exclude = OutboxAutoConfiguration.class) // it publishes nothing yet
@ConfigurationPropertiesScan
@EnableScheduling
public class MonitoringApplication {

    /** Starts the service. */
    public static void main(String[] arguments) {
        SpringApplication.run(MonitoringApplication.class, arguments);
    }
}
