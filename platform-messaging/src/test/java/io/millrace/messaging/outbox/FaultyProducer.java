package io.millrace.messaging.outbox;

import io.millrace.testing.infra.TestKafka;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real producer whose caller can be halted within a send, as a process is by SIGSTOP, or hit by a fault of its own. */
final class FaultyProducer extends KafkaProducer<byte[], byte[]> {

    private static final long LONGEST_HALT_SECONDS = 60;

    private final AtomicInteger sends = new AtomicInteger();
    private final CountDownLatch halted = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private volatile int haltAt;
    private volatile int failAt;

    FaultyProducer(int maxRequestSize) {
        super(
                Map.of(
                        "bootstrap.servers",
                        TestKafka.bootstrapServers(),
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "linger.ms",
                        1,
                        "delivery.timeout.ms",
                        900,
                        "request.timeout.ms",
                        450,
                        "max.block.ms",
                        1_000,
                        "max.request.size",
                        maxRequestSize),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Halts the thread that makes the n-th send, counted from 1, before the record is handed over. */
    FaultyProducer haltingAt(int send) {
        haltAt = send;
        return this;
    }

    /** Throws on the n-th send. */
    FaultyProducer failingAt(int send) {
        failAt = send;
        return this;
    }

    boolean isHalted() {
        return halted.getCount() == 0 && goOn.getCount() > 0;
    }

    void goOn() {
        goOn.countDown();
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> entry, Callback callback) {
        int send = sends.incrementAndGet();
        if (send == failAt) {
            throw new UnsupportedOperationException("a fault in the relay's own code");
        }
        if (send == haltAt) {
            halted.countDown();
            try {
                boolean _ = goOn.await(LONGEST_HALT_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return super.send(entry, callback);
    }
}
