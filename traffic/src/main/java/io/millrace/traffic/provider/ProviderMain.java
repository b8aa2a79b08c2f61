package io.millrace.traffic.provider;

/** Runs a payment provider as a process of its own, set by environment variables: see {@link ProviderSettings#fromEnvironment}. */
public final class ProviderMain {

    private static final String LOGGING = "logback.configurationFile";

    private ProviderMain() {}

    /** Runs until the process is asked to end; exits with 2 when a setting is wrong. */
    public static void main(String[] arguments) {
        if (System.getProperty(LOGGING) == null) {
            // Not named logback.xml: that would configure whatever other program has this jar on its class path.
            System.setProperty(LOGGING, "io/millrace/traffic/provider/logback-provider.xml");
        }
        ProviderSettings settings;
        try {
            settings = ProviderSettings.fromEnvironment(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        PaymentProvider provider = PaymentProvider.start(settings);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("provider-shutdown").unstarted(provider::close));
    }
}
