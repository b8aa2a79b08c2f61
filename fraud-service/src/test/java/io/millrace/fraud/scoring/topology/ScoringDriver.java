package io.millrace.fraud.scoring.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.events.Topic;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.fraud.TransactionScored;
import io.millrace.events.order.TransactionInitiated;
import io.millrace.fraud.scoring.CustomerHistory;
import io.millrace.fraud.scoring.RuleScorer;
import io.millrace.fraud.scoring.ScoringPropertiesTest;
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
final class ScoringDriver implements AutoCloseable {

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Topology topology;
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> transactions;
    private final TestOutputTopic<byte[], byte[]> decisions;
    private final TestOutputTopic<byte[], byte[]> deadLetters;

    ScoringDriver() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, ScoringTopology.APPLICATION);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        topology = ScoringTopology.of(
                new RuleScorer(ScoringPropertiesTest.defaults().rules()), Initiated.CODEC, new ScoringMeters(meters));
        driver = new TopologyTestDriver(topology, properties);
        transactions = driver.createInputTopic(
                Topics.TRANSACTION_EVENTS.name(), new ByteArraySerializer(), new ByteArraySerializer());
        decisions = driver.createOutputTopic(
                Topics.FRAUD_DECISIONS.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        deadLetters = driver.createOutputTopic(
                Topics.TRANSACTION_EVENTS.deadLetters(ScoringTopology.APPLICATION),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    String describe() {
        return topology.describe().toString();
    }

    void pipe(TransactionInitiated event) {
        pipe(Initiated.record(event));
    }

    void pipe(TestRecord<byte[], byte[]> record) {
        transactions.pipeInput(record);
    }

    List<TestRecord<byte[], byte[]>> decisionRecords() {
        return decisions.readRecordsToList();
    }

    List<TransactionScored> decisions() {
        return decisionRecords().stream()
                .map(record -> Initiated.CODEC.decode(
                        Topics.FRAUD_DECISIONS, Topic.typeOf(TransactionScored.class), record.value()))
                .map(TransactionScored.class::cast)
                .toList();
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    KeyValueStore<String, CustomerHistory> histories() {
        return driver.getKeyValueStore(ScoringTopology.HISTORIES);
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
