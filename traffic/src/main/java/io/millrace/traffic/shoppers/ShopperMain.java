package io.millrace.traffic.shoppers;

import java.util.Map;
import java.util.SplittableRandom;

/** Runs demo traffic as a process of its own, set by environment variables: see {@link ShopperSettings#fromEnvironment}. */
public final class ShopperMain {

    private static final String LOGGING = "logback.configurationFile";

    private ShopperMain() {}

    /** Runs until the process is asked to end; exits with 2 when a setting is wrong, with 1 when traffic fails. Idle at rate 0. */
    public static void main(String[] arguments) {
        if (System.getProperty(LOGGING) == null) {
            // Not named logback.xml: that would configure whatever other program has this jar on its class path.
            System.setProperty(LOGGING, "io/millrace/traffic/shoppers/logback-shoppers.xml");
        }
        try {
            System.err.println(
                    "demo traffic failed: " + start(System.getenv()).failure().join());
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
     * Starts demo traffic within another program; it ends with that program.
     *
     * @throws IllegalArgumentException naming every setting that is wrong
     */
    public static Shoppers start(Map<String, String> environment) {
        ShopperSettings settings = ShopperSettings.fromEnvironment(environment, new SplittableRandom().nextLong());
        Shoppers shoppers = Shoppers.start(settings);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shoppers-shutdown").unstarted(shoppers::close));
        return shoppers;
    }
}
