package io.millrace.fraud.scoring.topology;

import io.millrace.events.Envelope;
import io.millrace.events.Topic;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.order.TransactionInitiated;
import io.millrace.fraud.scoring.Transaction;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventHeaders;
import io.millrace.messaging.UndecodableException;
import io.millrace.messaging.consumer.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Reads the records of {@link Topics#TRANSACTION_EVENTS}: what order-service says becomes what scoring looks at. */
final class TransactionReader {

    /**
     * How far an order's time may lie ahead of its record's, which the broker bounds by its own clock
     * ({@code message.timestamp.after.max.ms}, 1 hour): a wrong clock must not make strangers of all customers.
     */
    static final Duration MOST_AHEAD = Duration.ofHours(1);

    private static final String WANTED = Topic.typeOf(TransactionInitiated.class);
    private static final Set<String> TYPES = Topics.TRANSACTION_EVENTS.types().keySet();

    private final EventCodec codec;

    TransactionReader(EventCodec codec) {
        this.codec = codec;
    }

    /** Whether a record is one of the topic's other events, which scoring passes over unread. */
    boolean isOfOtherType(Record<byte[], byte[]> record) {
        Header type = record.headers().lastHeader(EventHeaders.TYPE);
        if (type == null || type.value() == null) {
            return false;
        }
        String name = new String(type.value(), StandardCharsets.UTF_8);
        return !name.equals(WANTED) && TYPES.contains(name);
    }

    /**
     * Reads a wanted payment.
     *
     * @throws UndecodableException when the record can't be read
     * @throws RefusedException when it can be read and says what can't be
     */
    Wanted read(Record<byte[], byte[]> record) {
        byte @Nullable [] key = record.key();
        byte @Nullable [] value = record.value();
        if (key == null) {
            throw new UndecodableException("the record has no key");
        }
        if (value == null) {
            throw new UndecodableException("the record has no value");
        }
        Envelope envelope = EventHeaders.read(record.headers());
        if (!(codec.decode(Topics.TRANSACTION_EVENTS, envelope.type(), value) instanceof TransactionInitiated event)) {
            throw new UndecodableException("the record is not a " + WANTED);
        }
        Transaction transaction = transaction(event);
        if (transaction.at().isAfter(Instant.ofEpochMilli(record.timestamp()).plus(MOST_AHEAD))) {
            throw new RefusedException("the order's time lies more than " + MOST_AHEAD + " ahead of its record's");
        }
        return new Wanted(new String(key, StandardCharsets.UTF_8), envelope, event, transaction);
    }

    /**
     * A payment that is wanted.
     *
     * @param customer the record's key: whose history it belongs to
     * @param envelope what is said about the event
     * @param event the event
     * @param transaction the same, as scoring sees it
     */
    record Wanted(String customer, Envelope envelope, TransactionInitiated event, Transaction transaction) {}

    private static Transaction transaction(TransactionInitiated event) {
        try {
            Objects.requireNonNull(event.customerId());
            return new Transaction(
                    event.orderId(),
                    event.initiatedAt(),
                    event.amount(),
                    event.unitCount(),
                    event.shipToCountry(),
                    fingerprint(event.paymentHash()),
                    fingerprint(event.addressHash()),
                    event.deviceHash() == null ? Transaction.NO_DEVICE : fingerprint(event.deviceHash()));
        } catch (NullPointerException e) {
            // JSON leaves out what it likes; the records it is read into are not nullable and say so here
            throw new UndecodableException("the payload lacks a field", e);
        } catch (IllegalArgumentException e) {
            throw new RefusedException("the payload says what can't be: " + e.getMessage());
        }
    }

    /** 64 bits of a hash given as text: FNV-1a (Fowler, Noll, Vo) over its characters; never {@link Transaction#NO_DEVICE}. */
    private static long fingerprint(String hash) {
        long fingerprint = 0xcbf29ce484222325L;
        for (int i = 0; i < hash.length(); i++) {
            fingerprint = (fingerprint ^ hash.charAt(i)) * 0x100000001b3L;
        }
        return fingerprint == Transaction.NO_DEVICE ? 1 : fingerprint;
    }
}
