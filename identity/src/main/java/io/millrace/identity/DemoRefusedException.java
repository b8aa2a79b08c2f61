package io.millrace.identity;

import java.util.Arrays;
import java.util.Locale;
import org.springframework.core.env.Environment;

/** This issuer is not to run here: its users are known to everybody who has read the documentation. */
public final class DemoRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private DemoRefusedException(String message) {
        super(message);
    }

    static void check(Environment environment) {
        for (String profile : environment.getActiveProfiles()) {
            if (Arrays.asList("prod", "production").contains(profile.toLowerCase(Locale.ROOT))) {
                throw new DemoRefusedException("identity holds demo users and does not run with the profile " + profile
                        + ": point millrace.security.issuer of the services to an issuer of yours instead");
            }
        }
        if (!environment.getProperty("millrace.identity.demo", Boolean.class, false)) {
            throw new DemoRefusedException(
                    "identity holds demo users: set millrace.identity.demo=true (MILLRACE_IDENTITY_DEMO) to run it");
        }
    }
}
