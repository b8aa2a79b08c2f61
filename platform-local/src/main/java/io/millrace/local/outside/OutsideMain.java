package io.millrace.local.outside;

import io.millrace.identity.DemoRefusedException;
import io.millrace.identity.IdentityApplication;
import io.millrace.traffic.mail.MailCatcher;
import io.millrace.traffic.mail.MailMain;
import io.millrace.traffic.provider.PaymentProvider;
import io.millrace.traffic.provider.ProviderMain;
import io.millrace.traffic.shoppers.ShopperMain;
import io.millrace.traffic.shoppers.Shoppers;
import java.util.concurrent.CompletableFuture;

/**
 * Main class of the process that stands for the world outside of the shop: identity, the payment provider and the mail
 * server, which in a real shop are other people's, and the shoppers. One JVM, as each alone would cost as much memory as all.
 */
public final class OutsideMain {

    private static final String LOGGING = "logback.configurationFile";

    private OutsideMain() {}

    /**
     * Runs all of them until SIGTERM. Exits with 2 when one refuses its settings, and with 1 when one can't start or fails
     * later: the others alone would look alive, and whoever watches this process starts it again.
     */
    public static void main(String[] arguments) {
        if (System.getProperty(LOGGING) == null) {
            // until identity, which is a Spring Boot application, sets the logging of all
            System.setProperty(LOGGING, "io/millrace/traffic/provider/logback-provider.xml");
        }
        try {
            PaymentProvider provider = ProviderMain.start(System.getenv());
            MailCatcher mail = MailMain.start(System.getenv());
            IdentityApplication.start(arguments);
            Shoppers shoppers = ShopperMain.start(System.getenv());
            // Here, and not on the thread that failed: ending waits for it.
            System.err.println("the outside world failed: "
                    + CompletableFuture.anyOf(provider.failure(), mail.failure(), shoppers.failure())
                            .join());
            System.exit(1);
        } catch (DemoRefusedException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (RuntimeException | Error e) { // whatever it was: the others alone would look alive
            e.printStackTrace();
            System.exit(1);
        }
    }
}
