package io.millrace.messaging.topics;

import io.millrace.messaging.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Creates the topics a service reads and writes, and the dead letters of what it reads. Creating what exists changes
 * nothing, so every service may do it in any order. While no broker answers it keeps trying; nothing else waits for it but
 * relay and consumers.
 */
public final class TopicProvisioner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(250);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
    private static final Duration CALL = Duration.ofSeconds(10);

    private final List<String> brokers;
    private final List<TopicSpec> specs;
    private final int replication;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile boolean running;
    private @Nullable Thread thread;

    /**
     * @param brokers host:port of one or more
     * @param specs what is to exist
     * @param replication replicas wanted, at least 1
     */
    public TopicProvisioner(List<String> brokers, List<TopicSpec> specs, int replication) {
        this.brokers = List.copyOf(brokers);
        this.specs = List.copyOf(specs);
        this.replication = replication;
    }

    /** Done when every topic exists. */
    public CompletableFuture<Void> ready() {
        return ready;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("topic-provisioner").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        Thread present = thread;
        if (present != null) {
            present.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before relay and consumers. */
    @Override
    public int getPhase() {
        return -1;
    }

    private void run() {
        Duration retry = FIRST_RETRY;
        try {
            while (running) {
                if (create()) {
                    ready.complete(null);
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(retry.toMillis());
                retry = retry.multipliedBy(2).compareTo(LONGEST_RETRY) < 0 ? retry.multipliedBy(2) : LONGEST_RETRY;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean create() throws InterruptedException {
        try (Admin admin = Admin.create(KafkaClients.reaching(brokers))) {
            Map<String, TopicDescription> present = describe(admin);
            List<TopicSpec> missing = specs.stream()
                    .filter(spec -> !present.containsKey(spec.name()))
                    .toList();
            if (!missing.isEmpty()) {
                create(admin, missing);
            }
            specs.forEach(spec -> compare(spec, present.get(spec.name())));
            return true;
        } catch (ExecutionException | TimeoutException | KafkaException e) { // the last: no address can be resolved yet
            log.atWarn().log("topics not created yet, trying again: {}", e.toString());
            return false;
        }
    }

    private Map<String, TopicDescription> describe(Admin admin)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, TopicDescription> present = new HashMap<>();
        var futures = admin.describeTopics(specs.stream().map(TopicSpec::name).toList())
                .topicNameValues();
        for (var entry : futures.entrySet()) {
            try {
                present.put(entry.getKey(), entry.getValue().get(CALL.toMillis(), TimeUnit.MILLISECONDS));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return present;
    }

    private void create(Admin admin, List<TopicSpec> missing)
            throws InterruptedException, ExecutionException, TimeoutException {
        int brokers = admin.describeCluster()
                .nodes()
                .get(CALL.toMillis(), TimeUnit.MILLISECONDS)
                .size();
        short replicas = (short) Math.max(1, Math.min(replication, brokers));
        List<NewTopic> topics = new ArrayList<>();
        for (TopicSpec spec : missing) {
            Map<String, String> configs = new HashMap<>(spec.configs());
            configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, replicas >= 3 ? "2" : "1");
            topics.add(new NewTopic(spec.name(), spec.partitions(), replicas).configs(configs));
        }
        for (var entry : admin.createTopics(topics).values().entrySet()) {
            try {
                entry.getValue().get(CALL.toMillis(), TimeUnit.MILLISECONDS);
                log.atInfo().addKeyValue("topic", entry.getKey()).log("topic created");
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private static void compare(TopicSpec spec, @Nullable TopicDescription present) {
        if (present != null && present.partitions().size() != spec.partitions()) {
            log.atError()
                    .addKeyValue("topic", spec.name())
                    .addKeyValue("partitions", present.partitions().size())
                    .addKeyValue("declared", spec.partitions())
                    .log(
                            "the topic's partitions differ from its declaration: order per key is not kept across a change");
        }
    }
}
