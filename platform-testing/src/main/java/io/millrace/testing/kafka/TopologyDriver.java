package io.millrace.testing.kafka;

import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * A topology of bytes on Kafka's own driver: no broker, every record at once. Needs {@code kafka-streams-test-utils}, which
 * does not come with this module.
 */
public final class TopologyDriver implements AutoCloseable {

    private final Topology topology;
    private final TopologyTestDriver driver;

    /** @param applicationId which begins the names of changelogs */
    public TopologyDriver(String applicationId, Topology topology) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        this.topology = topology;
        this.driver = new TopologyTestDriver(topology, properties);
    }

    /** What the topology consists of, for its golden file. */
    public String describe() {
        return topology.describe().toString();
    }

    /** Has a record processed, with everything that follows from it. */
    public void pipe(String topic, TestRecord<byte[], byte[]> record) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(record);
    }

    /** What has been written to a topic, a changelog among them, since it was last asked for. */
    public List<TestRecord<byte[], byte[]>> written(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /** A store of the topology. */
    public <K, V> KeyValueStore<K, V> store(String name) {
        return driver.getKeyValueStore(name);
    }

    /** Ends the topology. */
    @Override
    public void close() {
        driver.close();
    }
}
