package io.millrace.fraud.scoring.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.events.Topic;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.fraud.TransactionScored;
import io.millrace.events.order.TransactionInitiated;
import io.millrace.fraud.scoring.CustomerHistory;
import io.millrace.fraud.scoring.RuleScorer;
import io.millrace.fraud.scoring.ScoringPropertiesTest;
import io.millrace.testing.kafka.TopologyDriver;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The topology on Kafka's own driver: no broker, every record at once. */
final class ScoringDriver implements AutoCloseable {

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TopologyDriver driver = new TopologyDriver(
            ScoringTopology.APPLICATION,
            ScoringTopology.of(
                    new RuleScorer(ScoringPropertiesTest.defaults().rules()),
                    Initiated.CODEC,
                    new ScoringMeters(meters)));

    String describe() {
        return driver.describe();
    }

    void pipe(TransactionInitiated event) {
        pipe(Initiated.record(event));
    }

    void pipe(TestRecord<byte[], byte[]> record) {
        driver.pipe(Topics.TRANSACTION_EVENTS.name(), record);
    }

    List<TestRecord<byte[], byte[]>> decisionRecords() {
        return driver.written(Topics.FRAUD_DECISIONS.name());
    }

    List<TransactionScored> decisions() {
        return decisionRecords().stream()
                .map(record -> Initiated.CODEC.decode(
                        Topics.FRAUD_DECISIONS, Topic.typeOf(TransactionScored.class), record.value()))
                .map(TransactionScored.class::cast)
                .toList();
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return driver.written(Topics.TRANSACTION_EVENTS.deadLetters(ScoringTopology.APPLICATION));
    }

    KeyValueStore<String, CustomerHistory> histories() {
        return driver.store(ScoringTopology.HISTORIES);
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
