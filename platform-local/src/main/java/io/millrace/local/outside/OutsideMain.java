package io.millrace.local.outside;

import io.millrace.identity.DemoRefusedException;
import io.millrace.identity.IdentityApplication;
import io.millrace.traffic.provider.ProviderMain;

/**
 * Main class of the process that stands for the world outside of the shop: identity and the payment provider, which in a
 * real shop are other people's. One JVM, as each alone would cost as much memory as both.
 */
public final class OutsideMain {

    private OutsideMain() {}

    /** Runs both until SIGTERM; exits with 2 when one refuses its settings. */
    public static void main(String[] arguments) {
        ProviderMain.main(arguments);
        try {
            IdentityApplication.start(arguments);
        } catch (DemoRefusedException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (RuntimeException e) { // whatever it was: the provider alone would look alive
            e.printStackTrace();
            System.exit(1);
        }
    }
}
