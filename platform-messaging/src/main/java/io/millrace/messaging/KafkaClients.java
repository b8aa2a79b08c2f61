package io.millrace.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * What every Kafka client of a service has in common: where the brokers are, and how long it waits for one whose address is
 * silent.
 *
 * <p>The address of a host or container that is gone does not refuse, as that of a process does; only when a client gives a
 * connection up does it ask the others who leads its partitions now. Kafka's own 10 s would be as long as a consumer's whole
 * session. An address that goes on being silent is given longer each time, so that a slow network is not cut off for good.
 */
public final class KafkaClients {

    private static final Duration SILENCE = Duration.ofSeconds(1);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private KafkaClients() {}

    /**
     * The beginning of a client's configuration, to be added to.
     *
     * @param brokers host:port of one or more
     */
    public static Map<String, Object> reaching(List<String> brokers) {
        Map<String, Object> configuration = new HashMap<>();
        configuration.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
        configuration.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, SILENCE.toMillis());
        configuration.put(
                CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, LONGEST_SILENCE.toMillis());
        return configuration;
    }
}
