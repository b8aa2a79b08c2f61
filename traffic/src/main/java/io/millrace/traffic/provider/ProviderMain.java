package io.millrace.traffic.provider;

import java.util.Map;

/** Runs a payment provider as a process of its own, set by environment variables: see {@link ProviderSettings#fromEnvironment}. */
public final class ProviderMain {

    private static final String LOGGING = "logback.configurationFile";

    private ProviderMain() {}

    /** Runs until the process is asked to end; exits with 2 when a setting is wrong, with 1 when it fails. */
    public static void main(String[] arguments) {
        if (System.getProperty(LOGGING) == null) {
            // Not named logback.xml: that would configure whatever other program has this jar on its class path.
            System.setProperty(LOGGING, "io/millrace/traffic/provider/logback-provider.xml");
        }
        try {
            System.err.println("the payment provider failed: "
                    + start(System.getenv()).failure().join());
            System.exit(1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (RuntimeException | Error e) { // whatever it was: a thread that is left would look alive
            e.printStackTrace();
            System.exit(1);
        }
    }

    /**
     * Starts a payment provider within another program; it ends with that program.
     *
     * @throws IllegalArgumentException naming every setting that is wrong
     * @throws io.millrace.traffic.journal.JournalException when the ledger is in use or damaged
     * @throws java.io.UncheckedIOException when a port can't be had
     */
    public static PaymentProvider start(Map<String, String> environment) {
        PaymentProvider provider = PaymentProvider.start(ProviderSettings.fromEnvironment(environment));
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("provider-shutdown").unstarted(provider::close));
        return provider;
    }
}
