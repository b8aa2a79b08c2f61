package io.millrace.recommendation.sessions.topology;

import io.millrace.events.catalogue.Topics;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.topics.TopicSpec;
import io.millrace.recommendation.sessions.Visitor;
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
 * Clicks in, visited products out, in one hop: the topic is keyed by visitor already, so nothing is repartitioned.
 *
 * <pre>
 * clickstream-events -> track-visit (visitors) -> recommendation-sessions
 *                                              -> dead-letters
 * </pre>
 *
 * <p>Bytes come in and bytes go out, so that a record that can't be read is set aside with its own bytes by the same
 * transaction that commits its offset, and never stops the stream.
 */
final class SessionTopology {

    /** Application id of the topology, hence its consumer group. */
    static final String APPLICATION = "recommendation-service.sessions";

    static final String CLICKS = "clickstream-events";
    static final String TRACK = "track-visit";
    static final String VISITORS = "visitors";
    static final String SESSIONS = "recommendation-sessions";
    static final String DEAD_LETTERS = "dead-letters";

    private SessionTopology() {}

    /**
     * The topology.
     *
     * @param mostVisitors visitors remembered in each partition
     * @param mostBytes bytes they may take in each partition
     */
    static Topology of(EventCodec codec, SessionMeters meters, int mostVisitors, long mostBytes) {
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                CLICKS,
                SessionTopology::timeOf,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                Topics.CLICKSTREAM_EVENTS.name());
        topology.addProcessor(TRACK, () -> new TrackVisit(codec, meters, mostVisitors, mostBytes), CLICKS);
        topology.addStateStore(visitors(), TRACK);
        topology.addSink(
                SESSIONS,
                Topics.RECOMMENDATION_SESSIONS.name(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                TRACK);
        topology.addSink(
                DEAD_LETTERS,
                Topics.CLICKSTREAM_EVENTS.deadLetters(APPLICATION),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                TRACK);
        return topology;
    }

    /** When the record was published; for a record without a time, when the one before it was. */
    private static long timeOf(ConsumerRecord<Object, Object> record, long partitionTime) {
        return record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionTime);
    }

    /**
     * In memory, as every click reads and writes it, and bounded by {@link VisitorBounds}: anybody can invent visitors. Who is
     * pushed out is removed from the changelog too.
     */
    private static StoreBuilder<KeyValueStore<String, Visitor>> visitors() {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(VISITORS), Serdes.String(), VisitorCodec.serde())
                .withLoggingEnabled(Map.of())
                .withCachingDisabled();
    }

    /**
     * The store's changelog, created by this service rather than by Streams, which would ask for the broker's default
     * replication. Compacted eagerly, as it is read whole on every start; visitors not seen for two days are dropped from it,
     * by when no click of theirs can come again. Where compaction does not keep up, the oldest of more than 128 MB in a
     * partition goes, 16 times what the store may hold by default: under a flood, a visitor who was not seen for that long may
     * begin anew after a restart.
     */
    static TopicSpec changelog() {
        return new TopicSpec(
                APPLICATION + "-" + VISITORS + "-changelog",
                Topics.CLICKSTREAM_EVENTS.partitions(),
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                                Long.toString(Duration.ofDays(2).toMillis()),
                        TopicConfig.RETENTION_BYTES_CONFIG, Integer.toString(128 * 1024 * 1024),
                        TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(16 * 1024 * 1024),
                        TopicConfig.SEGMENT_MS_CONFIG,
                                Long.toString(Duration.ofHours(6).toMillis()),
                        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.5",
                        TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                                Long.toString(Duration.ofHours(12).toMillis())));
    }
}
