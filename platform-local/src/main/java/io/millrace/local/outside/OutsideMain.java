package io.millrace.local.outside;

import io.millrace.identity.DemoRefusedException;
import io.millrace.identity.IdentityApplication;
import io.millrace.traffic.mail.MailMain;
import io.millrace.traffic.provider.ProviderMain;
import io.millrace.traffic.shoppers.ShopperMain;

/**
 * Main class of the process that stands for the world outside of the shop: identity, the payment provider and the mail
 * server, which in a real shop are other people's, and the shoppers. One JVM, as each alone would cost as much memory as all.
 */
public final class OutsideMain {

    private OutsideMain() {}

    /** Runs all of them until SIGTERM; exits with 2 when one refuses its settings. */
    public static void main(String[] arguments) {
        ProviderMain.main(arguments);
        MailMain.main(arguments);
        try {
            IdentityApplication.start(arguments);
            ShopperMain.start(System.getenv());
        } catch (DemoRefusedException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (RuntimeException e) { // whatever it was: the others alone would look alive
            e.printStackTrace();
            System.exit(1);
        }
    }
}
