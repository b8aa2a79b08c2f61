package io.millrace.recommendation.sessions.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.millrace.messaging.topics.TopicProvisioner;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the session topology within the application: begun as soon as its topics exist, closed with it. While the brokers
 * are away it waits for them; a thread that fails is replaced ({@link StreamsFailures}).
 */
final class SessionStreams implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SessionStreams.class);
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(10);

    private final Supplier<Topology> topology;
    private final Properties settings;
    private final TopicProvisioner topics;
    private final StreamsFailures failures;
    private final MeterRegistry meters;
    private final boolean staysMember;

    private volatile boolean running;
    private @Nullable KafkaStreams streams;
    private @Nullable KafkaStreamsMetrics bound;

    /**
     * @param staysMember whether an instance that is closed stays a member of its group, as one does that comes back
     *     under its own name; one without a name leaves, so that nobody waits for it
     */
    SessionStreams(
            Supplier<Topology> topology,
            Properties settings,
            TopicProvisioner topics,
            StreamsFailures failures,
            MeterRegistry meters,
            boolean staysMember) {
        this.topology = topology;
        this.settings = settings;
        this.topics = topics;
        this.failures = failures;
        this.meters = meters;
        this.staysMember = staysMember;
    }

    @Override
    public void start() {
        running = true;
        topics.start();
        var _ = topics.ready().thenRun(this::begin);
    }

    /** The state of the running topology; empty until its topics exist. */
    synchronized Optional<KafkaStreams.State> state() {
        return Optional.ofNullable(streams).map(KafkaStreams::state);
    }

    private synchronized void begin() {
        if (!running) {
            return;
        }
        KafkaStreams begun = new KafkaStreams(topology.get(), settings);
        begun.setUncaughtExceptionHandler(failures);
        begun.setStateListener((now, before) -> log.atInfo()
                .addKeyValue("state", now)
                .addKeyValue("before", before)
                .log("session tracking changed its state"));
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
                            staysMember
                                    ? GroupMembershipOperation.REMAIN_IN_GROUP
                                    : GroupMembershipOperation.LEAVE_GROUP);
            if (!streams.close(options)) {
                log.atWarn().log("session tracking did not close in time: its open transaction will time out");
            }
            streams = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
