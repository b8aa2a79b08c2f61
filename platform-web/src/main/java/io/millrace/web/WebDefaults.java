package io.millrace.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * Gives every service the same server settings, of {@code millrace-web-defaults.properties}. They come last: whatever a
 * service or its surroundings set wins.
 */
final class WebDefaults implements EnvironmentPostProcessor {

    private static final String FILE = "millrace-web-defaults.properties";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        try {
            environment.getPropertySources().addLast(new ResourcePropertySource(new ClassPathResource(FILE)));
        } catch (IOException missing) {
            throw new UncheckedIOException(FILE + " is part of platform-web", missing);
        }
    }
}
