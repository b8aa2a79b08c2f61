package io.millrace.embedded;

import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The command line, properties and readiness of a broker. */
final class KafkaNode {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90); // after a crash the log is recovered first
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);
    private static final int PROBE_MILLIS = 5_000;
    private static final int CONNECT_MILLIS = 500;

    private KafkaNode() {}

    static ServerCommand command(KafkaSettings settings) {
        if (settings.port() == 0 || settings.controllerPort() == 0) {
            throw new IllegalArgumentException("ports must be given; see KafkaSettings.withFreePorts()");
        }
        Path propertiesFile = settings.directory().resolve("server.properties");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xms64m",
                "-Xmx" + settings.heapMegabytes() + "m",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.configurationFile=io/millrace/embedded/broker-logback.xml"));
        command.addAll(settings.jvmOptions());
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), KafkaMain.class.getName(), propertiesFile.toString()));
        return new ServerCommand(
                "kafka",
                command,
                Map.of(),
                settings.directory(),
                () -> prepare(settings, propertiesFile),
                () -> isReady(settings),
                READY_WITHIN,
                StopSignal.TERM,
                STOP_WITHIN);
    }

    private static Map<String, String> properties(KafkaSettings settings) {
        Map<String, String> properties = new TreeMap<>();
        String controller = "127.0.0.1:" + settings.controllerPort();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@" + controller);
        properties.put("listeners", "PLAINTEXT://" + settings.bootstrapServers() + ",CONTROLLER://" + controller);
        properties.put("advertised.listeners", "PLAINTEXT://" + settings.bootstrapServers());
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("inter.broker.listener.name", "PLAINTEXT");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("log.dirs", settings.directory().resolve("log").toString());
        properties.put("auto.create.topics.enable", "false");
        // One node: every internal topic has one replica, and few partitions, as each costs files and start time.
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "4");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "4");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "1");
        // A group starts when its first member arrives: on one machine nobody else is about to join.
        properties.put("group.initial.rebalance.delay.ms", "0");
        // The defaults of 3, 8, 4 and 10 threads are for a machine of its own; here they only hand the two cores
        // around.
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "2");
        properties.put("group.coordinator.threads", "1");
        properties.put("background.threads", "2");
        // The default of 128 MB is half of our heap; 16 MB hold the keys of about 700,000 records per cleaning.
        properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(16 * 1024 * 1024));
        properties.putAll(settings.serverProperties());
        return properties;
    }

    private static void prepare(KafkaSettings settings, Path propertiesFile) {
        DataDirectories.create(settings.directory());
        Properties written = new Properties();
        written.putAll(properties(settings));
        try (Writer writer = Files.newBufferedWriter(propertiesFile)) {
            written.store(writer, "Written anew at every start");
        } catch (IOException e) {
            throw new ServerStartException("can't write " + propertiesFile, e);
        }
    }

    /** Asks the broker for its cluster: the broker is in it only once the controller has let it serve. */
    private static boolean isReady(KafkaSettings settings) {
        if (!accepts(settings.port())) {
            return false; // cheaper than a client that retries
        }
        Map<String, Object> config = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                PROBE_MILLIS - 1_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                PROBE_MILLIS);
        try (Admin admin = Admin.create(config)) {
            return !admin.describeCluster()
                    .nodes()
                    .get(PROBE_MILLIS, TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
