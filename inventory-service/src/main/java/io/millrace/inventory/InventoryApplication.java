package io.millrace.inventory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** inventory-service: the catalogue, stock, and what is promised of it to orders. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class InventoryApplication {

    /** Starts the service. */
    public static void main(String[] arguments) {
        SpringApplication.run(InventoryApplication.class, arguments);
    }
}
