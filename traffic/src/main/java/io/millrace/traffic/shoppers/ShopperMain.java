package io.millrace.traffic.shoppers;

import java.util.Map;
import java.util.SplittableRandom;

/** Runs demo traffic as a process of its own, set by environment variables: see {@link ShopperSettings#fromEnvironment}. */
public final class ShopperMain {

    private static final String LOGGING = "logback.configurationFile";

    private ShopperMain() {}

    /** Runs until the process is asked to end; ends at once when the rate is 0, and with 2 when a setting is wrong. */
    public static void main(String[] arguments) {
        if (System.getProperty(LOGGING) == null) {
            // Not named logback.xml: that would configure whatever other program has this jar on its class path.
            System.setProperty(LOGGING, "io/millrace/traffic/shoppers/logback-shoppers.xml");
        }
        try {
            start(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /**
     * Starts demo traffic within another program; it ends with that program.
     *
     * @throws IllegalArgumentException naming every setting that is wrong
     */
    public static void start(Map<String, String> environment) {
        ShopperSettings settings = ShopperSettings.fromEnvironment(environment, new SplittableRandom().nextLong());
        Shoppers shoppers = Shoppers.start(settings);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shoppers-shutdown").unstarted(shoppers::close));
    }
}
