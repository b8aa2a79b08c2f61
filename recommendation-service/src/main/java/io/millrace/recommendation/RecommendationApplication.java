package io.millrace.recommendation;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** recommendation-service: takes clicks in, and answers what a visitor may like next. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class RecommendationApplication {

    /** Starts the service. */
    public static void main(String[] arguments) {
        SpringApplication.run(RecommendationApplication.class, arguments);
    }
}
