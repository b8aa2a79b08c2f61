package io.millrace.telemetry.ship;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer of telemetry, apart from the service's own: what it loses is only counted, and it may hold neither the
 * service's memory nor its threads. Made when first used, so that a service starts without brokers. Used by one thread.
 */
public final class TelemetryProducer {

    /** How long a send may wait for metadata or memory. */
    static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    /** Begins the name of the client and so of its thread, whose log lines are not shipped. */
    private static final String CLIENT = "telemetry-";

    /** How the name of the client's thread begins. */
    public static final String THREAD = "kafka-producer-network-thread | " + CLIENT;

    private static final Logger log = LoggerFactory.getLogger(TelemetryProducer.class);
    private static final Duration DELIVERY = Duration.ofSeconds(30);

    /** After so long an address that is silent is given up; doubled up to the longest. As platform-messaging's clients. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private final Supplier<Producer<byte[], byte[]>> connect;
    private final byte[] key;
    private final ShippingMeters meters;
    private @Nullable Producer<byte[], byte[]> producer;

    /**
     * @param connect makes the producer; tried again while it fails
     * @param instanceId key of every record
     */
    public TelemetryProducer(Supplier<Producer<byte[], byte[]>> connect, String instanceId, ShippingMeters meters) {
        this.connect = connect;
        this.key = instanceId.getBytes(StandardCharsets.UTF_8);
        this.meters = meters;
    }

    /**
     * The way to the brokers.
     *
     * @param bufferBytes what may be on its way at most; more waits in the queues
     */
    public static Producer<byte[], byte[]> kafka(List<String> brokers, String instanceId, long bufferBytes) {
        Map<String, Object> configuration = new HashMap<>();
        configuration.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
        configuration.put(CommonClientConfigs.CLIENT_ID_CONFIG, CLIENT + instanceId);
        configuration.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        // Telemetry may be lost with a broker; it must not cost what orders cost.
        configuration.put(ProducerConfig.ACKS_CONFIG, "1");
        configuration.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        configuration.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // What is sent is a batch already.
        configuration.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        configuration.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferBytes);
        configuration.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_WAIT.toMillis());
        configuration.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis() / 3);
        configuration.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis());
        configuration.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
        configuration.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, SILENCE.toMillis());
        configuration.put(
                CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, LONGEST_SILENCE.toMillis());
        return new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Hands a shipment over, waiting half a second at most.
     *
     * @return false when there is no room for it now; true when its outcome will be counted
     */
    boolean send(Signal signal, Shipment shipment) {
        HandOver handOver = new HandOver(signal, shipment.items());
        try {
            if (producer == null) {
                producer = connect.get();
            }
            var _ = producer.send(
                    new ProducerRecord<>(signal.topic().name(), key, shipment.request()),
                    (_, failure) -> handOver.answered(failure));
        } catch (KafkaException | IllegalStateException e) {
            handOver.answered(e);
        }
        return handOver.end();
    }

    void close(Duration within) {
        if (producer != null) {
            producer.close(within);
        }
    }

    /** A shipment on its way: what fails before the hand-over has ended may be tried again, what fails later is lost. */
    private final class HandOver {

        private final Signal signal;
        private final int items;
        private boolean ended;
        private @Nullable Exception early;

        HandOver(Signal signal, int items) {
            this.signal = signal;
            this.items = items;
        }

        synchronized void answered(@Nullable Exception failure) {
            if (failure == null) {
                meters.sent(signal, items);
            } else if (ended) {
                lost(failure);
            } else {
                early = failure;
            }
        }

        synchronized boolean end() {
            ended = true;
            if (early == null) {
                return true;
            }
            // No metadata, no memory, or brokers whose names are not known yet: there may be soon.
            if (early instanceof TimeoutException || producer == null) {
                return false;
            }
            lost(early);
            return true;
        }

        private void lost(Exception failure) {
            meters.dropped(signal, Drop.NOT_SENT, items);
            log.atDebug().addKeyValue("items", items).log("telemetry was not sent: {}", failure.toString());
        }
    }
}
