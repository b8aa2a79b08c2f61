package io.millrace.recommendation.sessions.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.events.Topic;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.recommendation.SessionItemVisited;
import io.millrace.recommendation.sessions.Visitor;
import io.millrace.testing.kafka.TopologyDriver;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The topology on Kafka's own driver: no broker, every record at once. */
final class SessionDriver implements AutoCloseable {

    /** Visitors that are remembered. */
    static final int VISITORS = 3;

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TopologyDriver driver = new TopologyDriver(
            SessionTopology.APPLICATION, SessionTopology.of(Clicked.CODEC, new SessionMeters(meters), VISITORS));

    String describe() {
        return driver.describe();
    }

    void pipe(TestRecord<byte[], byte[]> record) {
        driver.pipe(Topics.CLICKSTREAM_EVENTS.name(), record);
    }

    List<TestRecord<byte[], byte[]>> visitRecords() {
        return driver.written(Topics.RECOMMENDATION_SESSIONS.name());
    }

    List<SessionItemVisited> visits() {
        return visitRecords().stream()
                .map(record -> Clicked.CODEC.decode(
                        Topics.RECOMMENDATION_SESSIONS, Topic.typeOf(SessionItemVisited.class), record.value()))
                .map(SessionItemVisited.class::cast)
                .toList();
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return driver.written(Topics.CLICKSTREAM_EVENTS.deadLetters(SessionTopology.APPLICATION));
    }

    KeyValueStore<String, Visitor> visitors() {
        return driver.store(SessionTopology.VISITORS);
    }

    /** What the changelog holds: records of it, the removals among them. */
    List<TestRecord<byte[], byte[]>> changelog() {
        return driver.written(SessionTopology.changelog().name());
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
