package io.millrace.fraud.scoring.topology;

import io.millrace.events.catalogue.Topics;
import io.millrace.fraud.scoring.CustomerHistory;
import io.millrace.fraud.scoring.RuleScorer;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.topics.TopicSpec;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Transactions in, decisions out, in one hop: the topic is keyed by customer already, so nothing is repartitioned.
 *
 * <pre>
 * transaction-events -> score-transaction (customer-history) -> fraud-decisions
 *                                                            -> dead-letters
 * </pre>
 *
 * <p>Bytes come in and bytes go out, so that a record that can't be read is set aside with its own bytes by the same
 * transaction that commits its offset, and never stops the stream.
 */
final class ScoringTopology {

    /** Application id of the topology, hence its consumer group. */
    static final String APPLICATION = "fraud-service.scoring";

    static final String TRANSACTIONS = "transaction-events";
    static final String SCORE = "score-transaction";
    static final String HISTORIES = "customer-history";
    static final String DECISIONS = "fraud-decisions";
    static final String DEAD_LETTERS = "dead-letters";

    private ScoringTopology() {}

    static Topology of(RuleScorer scorer, EventCodec codec, ScoringMeters meters) {
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                TRANSACTIONS,
                ScoringTopology::timeOf,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                Topics.TRANSACTION_EVENTS.name());
        topology.addProcessor(SCORE, () -> new ScoreTransaction(codec, scorer, meters), TRANSACTIONS);
        topology.addStateStore(histories(), SCORE);
        topology.addSink(
                DECISIONS, Topics.FRAUD_DECISIONS.name(), new ByteArraySerializer(), new ByteArraySerializer(), SCORE);
        topology.addSink(
                DEAD_LETTERS,
                Topics.TRANSACTION_EVENTS.deadLetters(APPLICATION),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                SCORE);
        return topology;
    }

    /** When the record was published; for a record without a time, when the one before it was. */
    private static long timeOf(ConsumerRecord<Object, Object> record, long partitionTime) {
        return record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionTime);
    }

    /** In memory, as every transaction reads and writes it; logged, and without a cache, which spread keys only make slower. */
    private static StoreBuilder<KeyValueStore<String, CustomerHistory>> histories() {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(HISTORIES), Serdes.String(), HistoryCodec.serde())
                .withLoggingEnabled(Map.of())
                .withCachingDisabled();
    }

    /**
     * The store's changelog, created by this service rather than by Streams, which would ask for the broker's default
     * replication. Compacted, with segments small and compaction eager enough that it holds about twice the state: it is read
     * whole on every start.
     */
    static TopicSpec changelog() {
        return new TopicSpec(
                APPLICATION + "-" + HISTORIES + "-changelog",
                Topics.TRANSACTION_EVENTS.partitions(),
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(64 * 1024 * 1024),
                        TopicConfig.SEGMENT_MS_CONFIG,
                                Long.toString(Duration.ofHours(6).toMillis()),
                        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.5",
                        TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                                Long.toString(Duration.ofHours(12).toMillis())));
    }
}
