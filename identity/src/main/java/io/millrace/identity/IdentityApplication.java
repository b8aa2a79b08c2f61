package io.millrace.identity;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/** identity: who is who, for local and demo use. Every user's secret is the same, so it refuses to run in production. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class) // the users are the demo users and no other
@ConfigurationPropertiesScan
public class IdentityApplication {

    /** Starts the service; exits with 2 when it refuses to. */
    public static void main(String[] arguments) {
        try {
            start(arguments);
        } catch (DemoRefusedException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /**
     * Starts the service within a JVM that may hold others.
     *
     * @throws DemoRefusedException when demo users are not asked for, or the profile is a production one
     */
    public static ConfigurableApplicationContext start(String... arguments) {
        SpringApplication application = new SpringApplication(IdentityApplication.class);
        application.addListeners((ApplicationListener<ApplicationEnvironmentPreparedEvent>)
                event -> DemoRefusedException.check(event.getEnvironment()));
        return application.run(arguments);
    }
}
