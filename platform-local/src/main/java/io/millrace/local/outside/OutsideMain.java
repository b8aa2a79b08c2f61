package io.millrace.local.outside;

import io.millrace.traffic.provider.ProviderMain;

/** Main class of the process that stands for the world outside of the shop: identity and the payment provider. */
public final class OutsideMain {

    private OutsideMain() {}

    /** Runs both until SIGTERM. */
    public static void main(String[] args) throws Exception {
        ProviderMain.main(args);
    }
}
