package io.millrace.order;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** order-service: orders from their placing to their end, and the money for them. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class OrderApplication {

    /** Starts the service. */
    public static void main(String[] arguments) {
        SpringApplication.run(OrderApplication.class, arguments);
    }
}
