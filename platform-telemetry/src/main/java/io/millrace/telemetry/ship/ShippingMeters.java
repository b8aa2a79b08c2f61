package io.millrace.telemetry.ship;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of telemetry, in log lines, data points and spans: whatever was offered is sent or dropped in the end, or
 * still waits.
 */
public final class ShippingMeters {

    private final Map<Signal, Counter> sent = new EnumMap<>(Signal.class);
    private final Map<Signal, Map<Drop, Counter>> dropped = new EnumMap<>(Signal.class);

    /** Registers the meters of every signal, so that they read 0 before anything happened. */
    public ShippingMeters(MeterRegistry meters) {
        for (Signal signal : Signal.values()) {
            sent.put(
                    signal,
                    Counter.builder("millrace.telemetry.sent")
                            .description("log lines, data points and spans the brokers acknowledged")
                            .tag("signal", signal.tag())
                            .register(meters));
            Map<Drop, Counter> reasons = new EnumMap<>(Drop.class);
            for (Drop reason : Drop.values()) {
                reasons.put(
                        reason,
                        Counter.builder("millrace.telemetry.dropped")
                                .description("log lines, data points and spans that were given up")
                                .tag("signal", signal.tag())
                                .tag("reason", reason.tag())
                                .register(meters));
            }
            dropped.put(signal, reasons);
        }
    }

    void sent(Signal signal, int items) {
        counter(sent, signal).increment(items);
    }

    /** Counts what was given up. */
    public void dropped(Signal signal, Drop reason, int items) {
        counter(counter(dropped, signal), reason).increment(items);
    }

    private static <K, V> V counter(Map<K, V> counters, K key) {
        V found = counters.get(key);
        if (found == null) {
            throw new IllegalStateException("no meter of " + key);
        }
        return found;
    }
}
