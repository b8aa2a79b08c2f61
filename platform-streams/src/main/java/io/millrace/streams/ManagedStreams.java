package io.millrace.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.millrace.messaging.BrokerAnswers;
import io.millrace.messaging.topics.TopicProvisioner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs a topology within the application: begun as soon as its topics exist, closed with it, within 10 s. While the brokers
 * are away it waits for them; a thread that fails is replaced; when it can't begin, or has ended by itself, it is begun again,
 * for as long as it takes ({@link StreamsFailures}). Its meters are Kafka's own, by the application's id.
 *
 * <p>An instance with a name of its own stays a member of its group when it is closed, as it comes back under that name; one
 * without leaves, so that nobody waits for it.
 */
public final class ManagedStreams implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ManagedStreams.class);
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final StreamsApplication application;
    private final StreamsSettings settings;
    private final List<String> brokers;
    private final TopicProvisioner topics;
    private final StreamsFailures failures;
    private final MeterRegistry meters;
    private final BrokerAnswers answers;

    private volatile boolean running;
    private volatile int missingThreads;
    private volatile @Nullable KafkaStreams streams;
    private @Nullable KafkaStreamsMetrics bound;

    /**
     * @param brokers host:port of one or more
     * @param replication replicas wanted of the topics, at least 1
     */
    public ManagedStreams(
            StreamsApplication application,
            StreamsSettings settings,
            List<String> brokers,
            int replication,
            MeterRegistry meters,
            Clock clock) {
        this.application = application;
        this.settings = settings;
        this.brokers = List.copyOf(brokers);
        this.topics = new TopicProvisioner(brokers, application.topics(), replication);
        this.failures = new StreamsFailures(
                application.name(), settings, clock, () -> Runtime.getRuntime().halt(3));
        this.meters = meters;
        this.answers = new BrokerAnswers(clock);
    }

    @Override
    public void start() {
        running = true;
        topics.start();
        var _ = topics.ready()
                .thenRun(() -> Thread.ofPlatform()
                        .name(application.name() + "-keeper")
                        .daemon()
                        .start(this::keepRunning));
    }

    /** What runs now; empty before it begins, and between its end and its next beginning. */
    Optional<KafkaStreams> running() {
        return Optional.ofNullable(streams);
    }

    /** Whether it has what it needs to begin. */
    boolean hasTopics() {
        return topics.ready().isDone();
    }

    /** When a thread or a beginning failed last, within the last minute. */
    Optional<Instant> failedAt() {
        return failures.recent();
    }

    /** Since when no broker has answered; empty unless that is longer than {@link BrokerAnswers#SILENCE}. */
    Optional<Instant> silentSince() {
        return running().flatMap(_ -> answers.silentSince());
    }

    /** Threads that should be there and are not. */
    int missingThreads() {
        return missingThreads;
    }

    private void keepRunning() {
        Duration wait = Duration.ZERO;
        while (!failures.isStoppedWithin(wait)) {
            wait = keep();
        }
    }

    /** Begins, or looks how it goes; answers when to do so again. */
    private synchronized Duration keep() {
        KafkaStreams present = streams;
        try {
            if (present == null) {
                if (running) {
                    begin();
                }
            } else if (present.state().hasCompletedShutdown()) {
                throw new IllegalStateException("it has come to " + present.state());
            } else {
                look(present.metrics().values());
            }
            return LOOK_EVERY;
        } catch (RuntimeException | Error failure) { // whatever it is, there is nobody else who could tell or try again
            end();
            return failures.note(failure, "a topology does not run and is begun again");
        }
    }

    private void begin() {
        KafkaStreams begun =
                new KafkaStreams(application.topology().get(), KafkaSettings.of(application.id(), settings, brokers));
        streams = begun;
        begun.setUncaughtExceptionHandler(failures);
        begun.setStateListener((now, before) -> log.atInfo()
                .addKeyValue("topology", application.name())
                .addKeyValue("state", now)
                .addKeyValue("before", before)
                .log("a topology changed its state"));
        bound = new KafkaStreamsMetrics(begun);
        bound.bindTo(meters);
        begun.start();
    }

    private void look(Collection<? extends Metric> metrics) {
        answers.look(metrics);
        int alive = metrics.stream()
                .filter(metric -> metric.metricName().name().equals("alive-stream-threads"))
                .mapToInt(metric -> ((Number) metric.metricValue()).intValue())
                .sum();
        missingThreads = Math.max(0, settings.threads() - alive);
    }

    @Override
    public void stop() {
        running = false;
        topics.stop();
        failures.stop();
        end();
    }

    private synchronized void end() {
        if (bound != null) {
            bound.close();
            bound = null;
        }
        KafkaStreams present = streams;
        if (present != null) {
            CloseOptions options = CloseOptions.timeout(CLOSED_WITHIN)
                    .withGroupMembershipOperation(
                            settings.memberName().isPresent()
                                    ? GroupMembershipOperation.REMAIN_IN_GROUP
                                    : GroupMembershipOperation.LEAVE_GROUP);
            if (!present.close(options)) {
                log.atWarn()
                        .addKeyValue("topology", application.name())
                        .log("a topology did not close in time: its open transaction will time out");
            }
            streams = null;
            missingThreads = 0;
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
