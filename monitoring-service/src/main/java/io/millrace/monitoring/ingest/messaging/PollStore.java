package io.millrace.monitoring.ingest.messaging;

import io.millrace.messaging.UndecodableException;
import io.millrace.monitoring.ingest.IngestMeters;
import io.millrace.monitoring.ingest.IngestWriter;
import io.millrace.monitoring.ingest.Item;
import io.millrace.monitoring.ingest.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Stores the records of one poll: all in one transaction; what can't be read is set aside first, and of a poll the database
 * refuses the record at fault is found by halves. While the database is away nothing is set aside.
 */
final class PollStore {

    private static final Logger log = LoggerFactory.getLogger(PollStore.class);

    private final IngestWriter writer;
    private final DeadLetters deadLetters;
    private final IngestMeters meters;
    private final RecordReader reader = new RecordReader();

    /** Up to where records have been set aside that may be met again, as what stands beside them was not stored. */
    private final Map<TopicPartition, Long> setAsideTo = new HashMap<>();

    PollStore(IngestWriter writer, DeadLetters deadLetters, IngestMeters meters) {
        this.writer = writer;
        this.deadLetters = deadLetters;
        this.meters = meters;
    }

    /**
     * What became of a poll.
     *
     * @param again partitions to go on with from an offset of this poll, after a wait
     * @param misplaced partitions that were read at a wrong place
     * @param databaseAway whether the database did not take it; when it is back it may have forgotten what it last took
     */
    record Outcome(Map<TopicPartition, Long> again, Set<TopicPartition> misplaced, boolean databaseAway) {}

    private record Read(ConsumerRecord<byte[], byte[]> record, Item item) {

        TopicPartition partition() {
            return new TopicPartition(record.topic(), record.partition());
        }
    }

    Outcome store(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        Run run = new Run();
        List<Read> readable = new ArrayList<>();
        Map<TopicPartition, Long> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            last.put(new TopicPartition(record.topic(), record.partition()), record.offset());
            if (!run.isHeld(record)) {
                run.read(record, readable);
            }
        }
        run.write(readable);
        last.keySet().removeAll(run.again.keySet());
        setAsideTo.entrySet().removeIf(each -> last.getOrDefault(each.getKey(), -1L) >= each.getValue());
        return new Outcome(run.again, run.misplaced, run.databaseAway);
    }

    /** One poll's progress. */
    private final class Run {

        private final Map<TopicPartition, Long> again = new HashMap<>();
        private final Set<TopicPartition> misplaced = new HashSet<>();
        private boolean databaseAway;

        boolean isHeld(ConsumerRecord<byte[], byte[]> record) {
            return again.containsKey(new TopicPartition(record.topic(), record.partition()));
        }

        void read(ConsumerRecord<byte[], byte[]> record, List<Read> readable) {
            try {
                readable.add(new Read(record, reader.read(record)));
            } catch (UndecodableException e) {
                if (setAside(record, e)) {
                    readable.add(new Read(
                            record,
                            new Item(
                                    new Place(record.topic(), record.partition()),
                                    record.offset(),
                                    Instant.EPOCH,
                                    new Item.Nothing())));
                }
            }
        }

        void write(List<Read> reads) {
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
            reads.forEach(read -> again.merge(read.partition(), read.record.offset(), Math::min));
        }

        /** False when the dead letters can't be written: then the record's partition waits there. */
        private boolean setAside(ConsumerRecord<byte[], byte[]> record, RuntimeException cause) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (record.offset() <= setAsideTo.getOrDefault(partition, -1L)) {
                return true;
            }
            if (!deadLetters.write(record, cause)) {
                again.merge(partition, record.offset(), Math::min);
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
