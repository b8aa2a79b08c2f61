package io.millrace.recommendation.sessions.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.events.Topic;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.recommendation.SessionItemVisited;
import io.millrace.recommendation.sessions.Visitor;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The topology on Kafka's own driver: no broker, every record at once. */
final class SessionDriver implements AutoCloseable {

    /** Visitors that are remembered. */
    static final int VISITORS = 3;

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Topology topology;
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> clicks;
    private final TestOutputTopic<byte[], byte[]> sessions;
    private final TestOutputTopic<byte[], byte[]> deadLetters;

    SessionDriver() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, SessionTopology.APPLICATION);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        topology = SessionTopology.of(Clicked.CODEC, new SessionMeters(meters), VISITORS);
        driver = new TopologyTestDriver(topology, properties);
        clicks = driver.createInputTopic(
                Topics.CLICKSTREAM_EVENTS.name(), new ByteArraySerializer(), new ByteArraySerializer());
        sessions = driver.createOutputTopic(
                Topics.RECOMMENDATION_SESSIONS.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        deadLetters = driver.createOutputTopic(
                Topics.CLICKSTREAM_EVENTS.deadLetters(SessionTopology.APPLICATION),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    String describe() {
        return topology.describe().toString();
    }

    void pipe(TestRecord<byte[], byte[]> record) {
        clicks.pipeInput(record);
    }

    List<TestRecord<byte[], byte[]>> visitRecords() {
        return sessions.readRecordsToList();
    }

    List<SessionItemVisited> visits() {
        return visitRecords().stream()
                .map(record -> Clicked.CODEC.decode(
                        Topics.RECOMMENDATION_SESSIONS, Topic.typeOf(SessionItemVisited.class), record.value()))
                .map(SessionItemVisited.class::cast)
                .toList();
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    KeyValueStore<String, Visitor> visitors() {
        return driver.getKeyValueStore(SessionTopology.VISITORS);
    }

    /** What the changelog holds: records of it, the removals among them. */
    List<TestRecord<byte[], byte[]>> changelog() {
        return driver.createOutputTopic(
                        SessionTopology.changelog().name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    double counted(String meter) {
        return meters.get(meter).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Override
    public void close() {
        driver.close();
    }
}
