package io.millrace.messaging.consumer;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.events.Topic;
import io.millrace.messaging.BrokerAnswers;
import io.millrace.messaging.EventCodec;
import io.millrace.telemetry.trace.Tracer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.transaction.support.TransactionOperations;

/** Runs the service's batch subscriptions: one consumer each, started as soon as their topics exist. */
final class Subscriptions implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);
    private static final long POLL_MILLIS = 250;
    private static final long COUNT_LAG_EVERY_MILLIS = 5_000; // while nothing arrives

    private final List<Running> running = new ArrayList<>();
    private final BrokerAnswers answers;
    private final CompletableFuture<?> topicsReady;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("consumer-backoff").daemon().factory());
    private volatile boolean started;

    Subscriptions(
            List<BatchSubscription> subscriptions,
            ConsumerFactory<byte[], byte[]> consumers,
            EventCodec codec,
            TransactionOperations transaction,
            DeadLetters deadLetters,
            ConsumerProperties properties,
            MeterRegistry meters,
            CompletableFuture<?> topicsReady,
            Clock clock,
            Tracer tracer) {
        this.topicsReady = topicsReady;
        this.answers = new BrokerAnswers(clock);
        for (BatchSubscription subscription : subscriptions) {
            ConsumerMeters counted = new ConsumerMeters(meters, subscription.group());
            BatchProcessor processor = new BatchProcessor(
                    subscription,
                    codec,
                    transaction,
                    deadLetters,
                    properties,
                    counted,
                    () -> Runtime.getRuntime().halt(3),
                    tracer);
            BatchListener listener = new BatchListener(subscription.group(), processor, timer, counted);
            running.add(new Running(subscription, listener, container(subscription, listener, consumers, properties)));
        }
    }

    private record Running(
            BatchSubscription subscription,
            BatchListener listener,
            ConcurrentMessageListenerContainer<byte[], byte[]> container) {}

    /** How a group is doing: how many partitions it reads, and which of them wait after a failure. */
    record State(boolean alive, int partitions, Set<TopicPartition> stopped) {}

    Map<String, State> states() {
        Map<String, State> states = new TreeMap<>();
        for (Running each : running) {
            states.put(
                    each.subscription.group(),
                    new State(
                            each.container.isRunning() && each.container.isChildRunning(),
                            each.container.getAssignedPartitions().size(),
                            Set.copyOf(each.listener.stopped())));
        }
        return states;
    }

    /** Since when no broker has answered any of the consumers; empty unless that is longer than a few seconds. */
    Optional<Instant> brokersSilentSince() {
        return answers.silentSince();
    }

    private void lookForAnswers() {
        try {
            answers.look(running.stream()
                    .flatMap(each -> each.container.metrics().values().stream())
                    .flatMap(metrics -> metrics.values().stream())
                    .toList());
        } catch (RuntimeException e) {
            // Would end the looking for good, and the health would call the brokers silent.
            log.atWarn().log("the consumers' metrics can't be read", e);
        }
    }

    @Override
    public void start() {
        started = true;
        var _ = topicsReady.thenRun(() -> {
            synchronized (this) {
                if (started) {
                    running.forEach(each -> each.container.start());
                    var _ = timer.scheduleWithFixedDelay(this::lookForAnswers, 1, 1, TimeUnit.SECONDS);
                }
            }
        });
    }

    @Override
    public void stop() {
        synchronized (this) {
            started = false;
        }
        running.forEach(each -> each.container.stop());
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    private static ConcurrentMessageListenerContainer<byte[], byte[]> container(
            BatchSubscription subscription,
            BatchListener listener,
            ConsumerFactory<byte[], byte[]> consumers,
            ConsumerProperties settings) {
        ContainerProperties properties = new ContainerProperties(
                subscription.topics().stream().map(Topic::name).toArray(String[]::new));
        properties.setGroupId(subscription.group());
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setMessageListener(listener);
        properties.setConsumerRebalanceListener(listener);
        properties.setPollTimeout(POLL_MILLIS);
        properties.setIdleBetweenPolls(settings.gatherFor().toMillis());
        properties.setMissingTopicsFatal(false);
        properties.setIdleEventInterval(COUNT_LAG_EVERY_MILLIS);
        ConcurrentMessageListenerContainer<byte[], byte[]> container =
                new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setBeanName(subscription.group());
        container.setConcurrency(1);
        container.setAlwaysClientIdSuffix(false);
        container.setApplicationEventPublisher(event -> {
            if (event instanceof ListenerContainerIdleEvent idle) {
                listener.countLag(idle.getConsumer());
            }
        });
        listener.attach(container);
        log.debug(
                "subscription of {}: {}",
                subscription.group(),
                subscription.topics().stream().map(Topic::name).collect(Collectors.joining(", ")));
        return container;
    }
}
