package io.millrace.telemetry.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Logs, measures and traces, and has nothing else to do. */
@SpringBootApplication
public class WatchedApplication {

    @Bean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }
}
