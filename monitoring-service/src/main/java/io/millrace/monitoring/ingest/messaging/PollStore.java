package io.millrace.monitoring.ingest.messaging;

import io.millrace.messaging.UndecodableException;
import io.millrace.monitoring.ingest.IngestMeters;
import io.millrace.monitoring.ingest.IngestProperties;
import io.millrace.monitoring.ingest.IngestWriter;
import io.millrace.monitoring.ingest.Item;
import io.millrace.monitoring.ingest.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Stores the records of one poll, in chunks of a bounded size that are a transaction each; what can't be read is set aside
 * first, and of a chunk the database refuses the record at fault is found by halves. While the database is away nothing is set
 * aside.
 */
final class PollStore {

    private static final Logger log = LoggerFactory.getLogger(PollStore.class);

    /** Logs, samples and spans of a chunk: small ones take some times their bytes. */
    private static final int CHUNK_SIGNALS = 20_000;

    private final IngestWriter writer;
    private final DeadLetters deadLetters;
    private final IngestMeters meters;
    private final RecordReader reader;
    private final long chunkBytes;

    /** Up to where records have been set aside that may be met again, as what stands beside them was not stored. */
    private final Map<TopicPartition, Long> setAsideTo = new HashMap<>();

    PollStore(IngestWriter writer, DeadLetters deadLetters, IngestMeters meters, IngestProperties properties) {
        this.writer = writer;
        this.deadLetters = deadLetters;
        this.meters = meters;
        this.reader = new RecordReader(properties.maxRecordBytes().toBytes());
        this.chunkBytes = properties.chunkBytes().toBytes();
    }

    /**
     * What became of a poll.
     *
     * @param again partitions to go on with from an offset of this poll, after a wait
     * @param later partitions to go on with from an offset of this poll, at once
     * @param misplaced partitions that were read at a wrong place
     * @param databaseAway whether the database did not take it; when it is back it may have forgotten what it last took
     */
    record Outcome(
            Map<TopicPartition, Long> again,
            Map<TopicPartition, Long> later,
            Set<TopicPartition> misplaced,
            boolean databaseAway) {}

    private record Read(ConsumerRecord<byte[], byte[]> record, Item item) {}

    Outcome store(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        Run run = new Run();
        Map<TopicPartition, Long> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (PollBudget.isLater(record.value())) {
                run.later.putIfAbsent(partition, record.offset());
            } else {
                last.put(partition, record.offset());
                run.take(record);
            }
        }
        run.writeChunk();
        last.keySet().removeAll(run.again.keySet());
        setAsideTo.entrySet().removeIf(each -> last.getOrDefault(each.getKey(), -1L) >= each.getValue());
        return new Outcome(run.again, run.later, run.misplaced, run.databaseAway);
    }

    /** One poll's progress. */
    private final class Run {

        private final Map<TopicPartition, Long> again = new HashMap<>();
        private final Map<TopicPartition, Long> later = new HashMap<>();
        private final Set<TopicPartition> misplaced = new HashSet<>();
        private final List<Read> chunk = new ArrayList<>();
        private long bytes;
        private int signals;
        private boolean databaseAway;

        void take(ConsumerRecord<byte[], byte[]> record) {
            if (databaseAway) {
                hold(record);
            } else if (!isHeld(record)) {
                read(record).ifPresent(item -> add(new Read(record, item)));
            }
        }

        private void add(Read read) {
            chunk.add(read);
            bytes += Math.max(0, read.record.serializedValueSize());
            signals += read.item.content() instanceof Item.OfSignals(var all) ? all.size() : 0;
            if (bytes >= chunkBytes || signals >= CHUNK_SIGNALS) {
                writeChunk();
            }
        }

        void writeChunk() {
            write(List.copyOf(chunk));
            chunk.clear();
            bytes = 0;
            signals = 0;
        }

        private boolean isHeld(ConsumerRecord<byte[], byte[]> record) {
            return again.containsKey(new TopicPartition(record.topic(), record.partition()));
        }

        private void hold(ConsumerRecord<byte[], byte[]> record) {
            again.merge(new TopicPartition(record.topic(), record.partition()), record.offset(), Math::min);
        }

        private Optional<Item> read(ConsumerRecord<byte[], byte[]> record) {
            try {
                return Optional.of(reader.read(record));
            } catch (UndecodableException e) {
                return setAside(record, e)
                        ? Optional.of(new Item(
                                new Place(record.topic(), record.partition()),
                                record.offset(),
                                Instant.EPOCH,
                                new Item.Nothing()))
                        : Optional.empty();
            }
        }

        private void write(List<Read> reads) {
            if (databaseAway) { // the rest of a chunk that was split
                reads.forEach(read -> hold(read.record));
                return;
            }
            List<Read> open =
                    reads.stream().filter(read -> !isHeld(read.record)).toList();
            if (open.isEmpty()) {
                return;
            }
            try {
                writer.write(open.stream().map(Read::item).toList())
                        .forEach(place -> misplaced.add(new TopicPartition(place.topic(), place.partition())));
            } catch (DataAccessException | TransactionException e) {
                switch (Trouble.of(e)) {
                    case AWAY -> hold(open, e);
                    case REFUSED -> split(open, e);
                }
            }
        }

        private void split(List<Read> reads, RuntimeException failure) {
            if (reads.size() > 1) {
                write(reads.subList(0, reads.size() / 2));
                write(reads.subList(reads.size() / 2, reads.size()));
                return;
            }
            Read read = reads.getFirst();
            if (setAside(read.record, failure)) {
                write(List.of(new Read(read.record, read.item.emptied())));
            }
        }

        private void hold(List<Read> reads, RuntimeException failure) {
            databaseAway = true;
            meters.retried();
            log.atWarn()
                    .addKeyValue("records", reads.size())
                    .log("a poll could not be stored and is read again: {}", failure.toString());
            reads.forEach(read -> hold(read.record));
        }

        /** False when the dead letters can't be written: then the record's partition waits there. */
        private boolean setAside(ConsumerRecord<byte[], byte[]> record, RuntimeException cause) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (record.offset() <= setAsideTo.getOrDefault(partition, -1L)) {
                return true;
            }
            if (!deadLetters.write(record, cause)) {
                hold(record);
                log.atError()
                        .addKeyValue("topic", record.topic())
                        .addKeyValue("partition", record.partition())
                        .addKeyValue("offset", record.offset())
                        .log("a record can be neither stored nor set aside: its partition waits");
                return false;
            }
            setAsideTo.put(partition, record.offset());
            meters.deadLettered(record.topic());
            log.atError()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .log("a record was set aside in the dead letters: {}", cause.toString());
            return true;
        }
    }
}
