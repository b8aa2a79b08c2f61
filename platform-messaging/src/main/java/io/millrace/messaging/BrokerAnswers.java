package io.millrace.messaging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Tells that no broker answers consumers any more. They themselves don't: a poll without brokers is a poll without records,
 * however long it lasts.
 *
 * <p>Judged by Kafka's own count of answers, which grows within half a second in a consumer that reads, by empty fetches if
 * nothing else, and within seconds in one that has nothing to read, by heartbeats.
 */
public final class BrokerAnswers {

    /** So long without an answer is silence: longer than a partition goes without a leader when its broker dies. */
    public static final Duration SILENCE = Duration.ofSeconds(10);

    private static final String GROUP = "consumer-metrics";
    private static final String ANSWERS = "response-total";

    private final Clock clock;
    private Map<MetricName, Double> counts = new HashMap<>();
    private Instant last;

    /** Begins as if there had been an answer. */
    public BrokerAnswers(Clock clock) {
        this.clock = clock;
        this.last = clock.instant();
    }

    /**
     * Looks how many answers there have been; to be called every second or so.
     *
     * @param metrics of one consumer or several, among others
     */
    public synchronized void look(Collection<? extends Metric> metrics) {
        Map<MetricName, Double> now = new HashMap<>();
        for (Metric metric : metrics) {
            MetricName name = metric.metricName();
            if (name.group().equals(GROUP)
                    && name.name().equals(ANSWERS)
                    && metric.metricValue() instanceof Double count) {
                now.put(name, count);
            }
        }
        if (now.entrySet().stream().anyMatch(each -> each.getValue() > counts.getOrDefault(each.getKey(), 0.0))) {
            last = clock.instant();
        }
        counts = now;
    }

    /** Since when there has been no answer; empty unless that is longer than {@link #SILENCE}. */
    public synchronized Optional<Instant> silentSince() {
        return Optional.of(last).filter(time -> time.plus(SILENCE).isBefore(clock.instant()));
    }
}
