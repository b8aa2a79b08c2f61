package io.millrace.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.streams.SampleTopology.Names;
import io.millrace.testing.UniqueNames;
import io.millrace.testing.infra.TestKafka;
import io.millrace.testing.kafka.RawProducer;
import io.millrace.testing.kafka.TopicProbe;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** A topology's life, on a real broker. */
class ManagedStreamsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String id = UniqueNames.group("sample.streams");
    private final Names names =
            new Names(UniqueNames.topic("from"), UniqueNames.topic("to"), UniqueNames.topic("from") + ".dlt");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RawProducer producer = RawProducer.shared();

    @TempDir
    private Path folder;

    private @Nullable ManagedStreams streams;

    @AfterEach
    void stop() {
        if (streams != null) {
            streams.stop();
        }
        producer.close();
    }

    @Test
    void beginsWhenItHasMadeItsTopicsAndEndsWithTheApplication() {
        ManagedStreams begun = begin(null, value -> {});
        producer.send(names.from(), "key", "value", Map.of());

        try (TopicProbe written = TopicProbe.committedFromBeginning(names.to())) {
            assertThat(TopicProbe.value(written.awaitCount(1).getFirst())).contains("value!");
        }
        assertThat(new StreamsHealth(begun).health()).isEqualTo(health(Status.UP, State.RUNNING));
        assertThat(ofStreams())
                .isNotEmpty()
                .allSatisfy(meter -> assertThat(meter.getId().getTags())
                        .as(meter.getId().getName())
                        .extracting(Tag::getValue) // as client.id, or thread.id
                        .anySatisfy(value -> assertThat(value).startsWith(id)));

        begun.stop();
        assertThat(begun.isRunning()).isFalse();
        assertThat(begun.running()).isEmpty();
        assertThat(ofStreams()).isEmpty();
        assertThat(new StreamsHealth(begun).health().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void replacesAThreadThatFailsAndRepeatsWhatItDid() {
        AtomicBoolean failed = new AtomicBoolean();
        ManagedStreams begun = begin(null, value -> {
            if (value.equals("second!") && failed.compareAndSet(false, true)) {
                throw new IllegalStateException("the store is away");
            }
        });
        Stream.of("first", "second", "third").forEach(value -> producer.send(names.from(), "key", value, Map.of()));

        try (TopicProbe written = TopicProbe.committedFromBeginning(names.to());
                TopicProbe setAside = TopicProbe.committedFromBeginning(names.deadLetters())) {
            written.await(record -> TopicProbe.value(record).orElse("").equals("third!"));
            assertThat(written.records())
                    .extracting(ManagedStreamsIT::valueOf)
                    .containsExactly("first!", "second!", "third!");
            assertThat(setAside.records()).isEmpty();
        }
        assertThat(failed).isTrue();
        awaitRunning(begun);
        Health health = new StreamsHealth(begun).health();
        assertThat(health.getStatus()).isEqualTo(Status.DOWN); // for a minute
        assertThat(health.getDetails()).containsEntry("state", "RUNNING").containsKey("failedAt");
    }

    @Test
    void beginsAgainUntilItCan() {
        AtomicInteger attempts = new AtomicInteger();
        AtomicBoolean broken = new AtomicBoolean(true);
        ManagedStreams begun = managed(null, () -> {
            attempts.incrementAndGet();
            if (broken.get()) {
                throw new IllegalStateException("the disk is full");
            }
            return topology(value -> {});
        });
        begun.start();

        await().atMost(PATIENCE).until(() -> attempts.get() > 3);
        assertThat(new StreamsHealth(begun).health()).satisfies(health -> {
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails()).containsEntry("state", "NOT_BEGUN").containsKey("failedAt");
        });
        assertThat(ofStreams()).isEmpty();

        broken.set(false);
        awaitRunning(begun);
    }

    @Test
    void beginsAgainWhenItHasEndedByItself() {
        ManagedStreams begun = begin(null, value -> {});
        KafkaStreams ended = begun.running().orElseThrow();
        ended.close(PATIENCE);

        await().atMost(PATIENCE)
                .until(() -> begun.running().filter(each -> !each.equals(ended)).isPresent());
        awaitRunning(begun);
        assertThat(begun.failedAt()).isPresent();
        producer.send(names.from(), "key", "value", Map.of());
        try (TopicProbe written = TopicProbe.committedFromBeginning(names.to())) {
            assertThat(TopicProbe.value(written.awaitCount(1).getFirst())).contains("value!");
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none, 0", "sample-1, 1"})
    void leavesItsGroupUnlessItComesBackUnderAName(@Nullable String instanceId, int members) throws Exception {
        begin(instanceId, value -> {}).stop();

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestKafka.bootstrapServers()))) {
            await().atMost(Duration.ofSeconds(5)) // below the session's 10 s, which end any membership
                    .until(() -> members(admin) == members);
            assertThat(members(admin)).isEqualTo(members);
        }
    }

    private int members(Admin admin) throws Exception {
        Map<String, ConsumerGroupDescription> groups =
                admin.describeConsumerGroups(List.of(id)).all().get(10, TimeUnit.SECONDS);
        return Objects.requireNonNull(groups.get(id)).members().size();
    }

    private ManagedStreams begin(@Nullable String instanceId, Consumer<String> keep) {
        ManagedStreams begun = managed(instanceId, () -> topology(keep));
        begun.start();
        awaitRunning(begun);
        return begun;
    }

    private ManagedStreams managed(@Nullable String instanceId, Supplier<Topology> topology) {
        ManagedStreams managed = new ManagedStreams(
                new StreamsApplication("sample", id, topology, names.specs()),
                Sample.of(instanceId, folder),
                List.of(TestKafka.bootstrapServers()),
                1,
                meters,
                Clock.systemUTC());
        streams = managed;
        return managed;
    }

    private Topology topology(Consumer<String> keep) {
        return SampleTopology.of(names, value -> value + "!", keep, () -> {});
    }

    private static void awaitRunning(ManagedStreams begun) {
        await().atMost(PATIENCE)
                .until(() -> begun.running().map(KafkaStreams::state).equals(Optional.of(State.RUNNING)));
    }

    private List<Meter> ofStreams() {
        return meters.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("kafka."))
                .toList();
    }

    private static Health health(Status status, State state) {
        return Health.status(status).withDetail("state", state.name()).build();
    }

    private static String valueOf(ConsumerRecord<byte[], byte[]> record) {
        return TopicProbe.value(record).orElse("");
    }
}
