package io.millrace.traffic.provider;

import io.millrace.traffic.journal.JournalSettings;
import java.nio.file.Path;
import java.util.Map;

/**
 * How a payment provider runs.
 *
 * @param host address to listen at
 * @param port port to listen at; 0 takes a free one
 * @param ledger where payments are kept, and how many of the newest: older settled ones are forgotten, and a request that
 *     repeats such a one is then a new payment
 * @param delays of the cards that take their time
 * @param callbacks how callbacks are sent
 */
public record ProviderSettings(
        String host, int port, JournalSettings ledger, Delays delays, CallbackSettings callbacks) {

    private static final int USUAL_PORT = 8090;
    private static final int USUAL_KEPT = 1_000_000;
    private static final int USUAL_SEGMENT_BYTES = 32 << 20;

    /** The usual on this machine: 127.0.0.1:8090, the newest million payments, in files of 32 MiB. */
    public static ProviderSettings of(Path ledgerDirectory, String callbackSecret) {
        return new ProviderSettings(
                "127.0.0.1",
                USUAL_PORT,
                new JournalSettings(ledgerDirectory, USUAL_KEPT, USUAL_SEGMENT_BYTES),
                Delays.USUAL,
                CallbackSettings.usual(callbackSecret));
    }

    /**
     * From environment variables: {@code MILLRACE_PROVIDER_HOST} (127.0.0.1), {@code MILLRACE_PROVIDER_PORT} (8090),
     * {@code MILLRACE_PROVIDER_LEDGER} (directory, ./data/provider), {@code MILLRACE_PROVIDER_KEPT_PAYMENTS} (1000000),
     * {@code MILLRACE_PROVIDER_CALLBACK_SECRET} (required).
     *
     * @throws IllegalArgumentException when one is missing or not of its form
     */
    public static ProviderSettings fromEnvironment(Map<String, String> environment) {
        String secret = environment.getOrDefault("MILLRACE_PROVIDER_CALLBACK_SECRET", "");
        if (secret.isBlank()) {
            throw new IllegalArgumentException("MILLRACE_PROVIDER_CALLBACK_SECRET must be set");
        }
        Path directory = Path.of(environment.getOrDefault("MILLRACE_PROVIDER_LEDGER", "data/provider"));
        ProviderSettings usual = of(directory, secret);
        int kept = number(environment, "MILLRACE_PROVIDER_KEPT_PAYMENTS", USUAL_KEPT);
        return new ProviderSettings(
                environment.getOrDefault("MILLRACE_PROVIDER_HOST", usual.host),
                number(environment, "MILLRACE_PROVIDER_PORT", USUAL_PORT),
                new JournalSettings(directory, kept, USUAL_SEGMENT_BYTES),
                usual.delays,
                usual.callbacks);
    }

    private static int number(Map<String, String> environment, String name, int usual) {
        String value = environment.getOrDefault(name, String.valueOf(usual));
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number, was " + value, e);
        }
    }

    /** These with another port; 0 takes a free one. */
    public ProviderSettings withPort(int newPort) {
        return new ProviderSettings(host, newPort, ledger, delays, callbacks);
    }

    /** These listening at another address. */
    public ProviderSettings withHost(String newHost) {
        return new ProviderSettings(newHost, port, ledger, delays, callbacks);
    }

    /** These with another ledger. */
    public ProviderSettings withLedger(JournalSettings newLedger) {
        return new ProviderSettings(host, port, newLedger, delays, callbacks);
    }

    /** These with other delays. */
    public ProviderSettings withDelays(Delays newDelays) {
        return new ProviderSettings(host, port, ledger, newDelays, callbacks);
    }

    /** These with another way to send callbacks. */
    public ProviderSettings withCallbacks(CallbackSettings newCallbacks) {
        return new ProviderSettings(host, port, ledger, delays, newCallbacks);
    }
}
