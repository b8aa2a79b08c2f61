package io.millrace.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerIT {

    private static final String TOPIC = "facts";

    @Test
    void keepsAcknowledgedRecordsOverKillAndRestart() throws Exception {
        try (KafkaServer server = KafkaServer.start(KafkaSettings.throwAway())) {
            createTopic(server);
            send(server, "one");
            long firstPid = server.pid();

            server.kill();
            assertThat(server.isAlive()).isFalse();
            server.restart();

            assertThat(server.pid()).isNotEqualTo(firstPid);
            send(server, "two");
            assertThat(readAll(server)).containsExactly("one", "two");
        }
    }

    @Test
    void keepsRecordsOverCleanStopAndAnotherHandleOnTheSameData(@TempDir Path directory) throws Exception {
        KafkaSettings settings = KafkaSettings.in(directory);
        try (KafkaServer server = KafkaServer.start(settings)) {
            createTopic(server);
            send(server, "one");
            server.stop();
            assertThat(server.isAlive()).isFalse();
        }
        try (KafkaServer server = KafkaServer.start(settings)) {
            assertThat(readAll(server)).containsExactly("one");
        }
        assertThat(directory).isNotEmptyDirectory();
    }

    @Test
    void answersAgainAfterPauseAndResume() throws Exception {
        try (KafkaServer server = KafkaServer.start(KafkaSettings.throwAway())) {
            createTopic(server);
            server.pause();
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(server, "one"));
            assertThat(server.isAlive()).isTrue();
            assertThat(sent).isNotDone();

            server.resume();

            sent.get(30, SECONDS);
            assertThat(readAll(server)).containsExactly("one");
        }
    }

    @Test
    void startsTwoAtOnceAndDeletesThrowAwayDataAtClose() throws Exception {
        List<KafkaSettings> settings = List.of(KafkaSettings.throwAway(), KafkaSettings.throwAway());
        List<CompletableFuture<KafkaServer>> starts = settings.stream()
                .map(one -> CompletableFuture.supplyAsync(() -> KafkaServer.start(one)))
                .toList();
        try (KafkaServer first = starts.get(0).get(90, SECONDS);
                KafkaServer second = starts.get(1).get(90, SECONDS)) {
            assertThat(first.bootstrapServers()).isNotEqualTo(second.bootstrapServers());
            createTopic(first);
            createTopic(second);
        }
        assertThat(settings).allSatisfy(one -> assertThat(one.directory()).doesNotExist());
    }

    @Test
    void createsNoTopicByItself() {
        try (KafkaServer server = KafkaServer.start(KafkaSettings.throwAway());
                KafkaProducer<String, String> producer = producer(server, Duration.ofSeconds(2))) {
            assertThatThrownBy(() ->
                            producer.send(new ProducerRecord<>("nobodys", "x")).get(10, SECONDS))
                    .isInstanceOf(ExecutionException.class);
            try (Admin admin = admin(server)) {
                assertThatThrownBy(() -> admin.describeTopics(List.of("nobodys"))
                                .allTopicNames()
                                .get(10, SECONDS))
                        .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
            }
        }
    }

    @Test
    void showsTheEndOfTheLogWhenItDoesNotComeUp(@TempDir Path directory) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            KafkaSettings settings = KafkaSettings.in(directory).withPort(taken.getLocalPort());
            assertThatThrownBy(() -> KafkaServer.start(settings))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("while starting")
                    .hasMessageContaining("Address already in use");
        }
        assertThat(Files.exists(directory)).isTrue();
    }

    @Test
    void refusesToGiveACommandWithoutPorts(@TempDir Path directory) {
        assertThatThrownBy(() -> KafkaServer.command(KafkaSettings.in(directory)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("withFreePorts");
    }

    private static Admin admin(KafkaServer server) {
        return Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()));
    }

    private static void createTopic(KafkaServer server) throws Exception {
        try (Admin admin = admin(server)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get(30, SECONDS);
        }
    }

    private static KafkaProducer<String, String> producer(KafkaServer server, Duration blockAtMost) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", server.bootstrapServers(),
                "acks", "all",
                "max.block.ms", blockAtMost.toMillis());
        return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    }

    private static void send(KafkaServer server, String value) {
        try (KafkaProducer<String, String> producer = producer(server, Duration.ofSeconds(30))) {
            producer.send(new ProducerRecord<>(TOPIC, value)).get(30, SECONDS);
        } catch (Exception e) { // whatever it is, the test fails with it
            throw new AssertionError(e);
        }
    }

    private static List<String> readAll(KafkaServer server) {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        Map<String, Object> config = Map.of("bootstrap.servers", server.bootstrapServers());
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            List<String> values = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(found -> values.add(found.value()));
            }
            return values;
        }
    }
}
