package io.millrace.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.millrace.messaging.topics.TopicProvisioner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs a topology within the application: begun as soon as its topics exist, closed with it, within 10 s. While the brokers
 * are away it waits for them; a thread that fails is replaced ({@link StreamsFailures}). Its meters are Kafka's own, by the
 * application's id.
 *
 * <p>An instance with a name of its own stays a member of its group when it is closed, as it comes back under that name; one
 * without leaves, so that nobody waits for it.
 */
public final class ManagedStreams implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ManagedStreams.class);
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(10);

    private final StreamsApplication application;
    private final StreamsSettings settings;
    private final List<String> brokers;
    private final TopicProvisioner topics;
    private final StreamsFailures failures;
    private final MeterRegistry meters;

    private volatile boolean running;
    private @Nullable KafkaStreams streams;
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
    }

    @Override
    public void start() {
        running = true;
        topics.start();
        var _ = topics.ready().thenRun(this::begin);
    }

    /** The state of the running topology; empty until its topics exist. */
    public synchronized Optional<KafkaStreams.State> state() {
        return Optional.ofNullable(streams).map(KafkaStreams::state);
    }

    /** When a thread failed last, within the last minute. */
    public Optional<Instant> failedAt() {
        return failures.recent();
    }

    private synchronized void begin() {
        if (!running) {
            return;
        }
        KafkaStreams begun = new KafkaStreams(
                application.topology().get(), KafkaSettings.of(application.id(), settings, brokers));
        begun.setUncaughtExceptionHandler(failures);
        begun.setStateListener((now, before) -> log.atInfo()
                .addKeyValue("topology", application.name())
                .addKeyValue("state", now)
                .addKeyValue("before", before)
                .log("a topology changed its state"));
        streams = begun;
        bound = new KafkaStreamsMetrics(begun);
        bound.bindTo(meters);
        begun.start();
    }

    @Override
    public synchronized void stop() {
        running = false;
        topics.stop();
        failures.stop();
        if (bound != null) {
            bound.close();
            bound = null;
        }
        if (streams != null) {
            CloseOptions options = CloseOptions.timeout(CLOSED_WITHIN)
                    .withGroupMembershipOperation(
                            settings.memberName().isPresent()
                                    ? GroupMembershipOperation.REMAIN_IN_GROUP
                                    : GroupMembershipOperation.LEAVE_GROUP);
            if (!streams.close(options)) {
                log.atWarn()
                        .addKeyValue("topology", application.name())
                        .log("a topology did not close in time: its open transaction will time out");
            }
            streams = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
