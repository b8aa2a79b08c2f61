package io.millrace.order.catalogue.messaging;

import io.millrace.events.catalogue.Topics;
import io.millrace.messaging.KafkaClients;
import io.millrace.messaging.topics.TopicProvisioner;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Whether the catalogue has been read to its end once in this database's life. Before that every order would be refused
 * for unknown products, so the instance is not ready; afterwards it never waits for Kafka again.
 */
@Component("catalogueHealthIndicator")
class CatalogueFirstRead implements HealthIndicator, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CatalogueFirstRead.class);
    private static final Duration RETRY = Duration.ofMillis(250);
    private static final Duration CALL = Duration.ofSeconds(5);

    private final JdbcTemplate jdbc;
    private final KafkaConnectionDetails kafka;
    private final TopicProvisioner topics;
    private volatile boolean read;
    private volatile boolean running;
    private @Nullable Thread thread;

    CatalogueFirstRead(JdbcTemplate jdbc, KafkaConnectionDetails kafka, TopicProvisioner topics) {
        this.jdbc = jdbc;
        this.kafka = kafka;
        this.topics = topics;
    }

    @Override
    public Health health() {
        return read
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail("reason", "the catalogue is being read for the first time")
                        .build();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("catalogue-first-read").start(this::run);
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

    private void run() {
        try {
            while (running && !read) {
                attempt();
                if (!read) {
                    TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() throws InterruptedException {
        try {
            if (isRecorded()) {
                read = true;
            } else if (topics.ready().isDone() && isCaughtUp()) {
                jdbc.update(
                        "insert into catalogue_first_read (read_at) values (clock_timestamp()) on conflict do nothing");
                read = true;
                log.info("the catalogue has been read for the first time");
            }
        } catch (ExecutionException | TimeoutException | KafkaException | DataAccessException e) {
            log.atInfo().log("the catalogue's first read is not finished: {}", e.toString());
        }
    }

    private boolean isRecorded() {
        Boolean recorded = jdbc.queryForObject("select exists (select 1 from catalogue_first_read)", Boolean.class);
        return Boolean.TRUE.equals(recorded);
    }

    private boolean isCaughtUp() throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> partitions = IntStream.range(0, Topics.CATALOGUE_ITEMS.partitions())
                .boxed()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(Topics.CATALOGUE_ITEMS.name(), partition),
                        _ -> OffsetSpec.latest()));
        try (Admin admin = Admin.create(KafkaClients.reaching(kafka.getBootstrapServers()))) {
            Map<TopicPartition, ListOffsetsResultInfo> ends =
                    admin.listOffsets(partitions).all().get(CALL.toMillis(), TimeUnit.MILLISECONDS);
            Map<TopicPartition, OffsetAndMetadata> reached = admin.listConsumerGroupOffsets(CatalogueSubscription.GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get(CALL.toMillis(), TimeUnit.MILLISECONDS);
            return ends.entrySet().stream().allMatch(end -> {
                OffsetAndMetadata offset = reached.get(end.getKey());
                return end.getValue().offset() == 0
                        || (offset != null && offset.offset() >= end.getValue().offset());
            });
        }
    }
}
