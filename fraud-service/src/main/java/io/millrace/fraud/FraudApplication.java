package io.millrace.fraud;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** fraud-service: scores transactions as they stream by, and keeps the cases that people decide. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class FraudApplication {

    /** Starts the service. */
    public static void main(String[] arguments) {
        SpringApplication.run(FraudApplication.class, arguments);
    }
}
