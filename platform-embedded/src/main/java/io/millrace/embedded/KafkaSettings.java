package io.millrace.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How to run a broker.
 *
 * @param directory everything the broker keeps, its log included; created when missing
 * @param port where clients connect, on 127.0.0.1; 0 for a free one
 * @param controllerPort where the node's controller listens, on 127.0.0.1; 0 for a free one. May change between starts
 * @param heapMegabytes maximal heap, at least 128
 * @param jvmOptions further options of the broker's JVM, after ours
 * @param serverProperties further broker properties, which win over ours
 * @param temporary whether the directory is deleted when the handle is closed or this JVM ends
 */
public record KafkaSettings(
        Path directory,
        int port,
        int controllerPort,
        int heapMegabytes,
        List<String> jvmOptions,
        Map<String, String> serverProperties,
        boolean temporary) {

    private static final int DEFAULT_HEAP = 256;
    private static final int LEAST_HEAP = 128;

    /** Refuses a heap that a broker can't live in. */
    public KafkaSettings {
        if (heapMegabytes < LEAST_HEAP) {
            throw new IllegalArgumentException("heapMegabytes must be at least 128, was " + heapMegabytes);
        }
        directory = directory.toAbsolutePath().normalize();
        jvmOptions = List.copyOf(jvmOptions);
        serverProperties = Map.copyOf(serverProperties);
    }

    /** A broker that keeps its data in a directory: free ports, 256 MB of heap. */
    public static KafkaSettings in(Path directory) {
        return new KafkaSettings(directory, 0, 0, DEFAULT_HEAP, List.of(), Map.of(), false);
    }

    /** A broker for a test: its data go when it is closed or this JVM ends. */
    public static KafkaSettings throwAway() {
        return new KafkaSettings(DataDirectories.temporary("kafka"), 0, 0, DEFAULT_HEAP, List.of(), Map.of(), true);
    }

    /** The same on another port. */
    public KafkaSettings withPort(int newPort) {
        return new KafkaSettings(
                directory, newPort, controllerPort, heapMegabytes, jvmOptions, serverProperties, temporary);
    }

    /** The same with its controller on another port. */
    public KafkaSettings withControllerPort(int newPort) {
        return new KafkaSettings(directory, port, newPort, heapMegabytes, jvmOptions, serverProperties, temporary);
    }

    /** The same with another maximal heap. */
    public KafkaSettings withHeapMegabytes(int newHeap) {
        return new KafkaSettings(directory, port, controllerPort, newHeap, jvmOptions, serverProperties, temporary);
    }

    /** The same with one more option of the JVM. */
    public KafkaSettings withJvmOption(String option) {
        List<String> options = new ArrayList<>(jvmOptions);
        options.add(option);
        return new KafkaSettings(directory, port, controllerPort, heapMegabytes, options, serverProperties, temporary);
    }

    /** The same with one more broker property, such as {@code message.max.bytes}. */
    public KafkaSettings withServerProperty(String name, String value) {
        Map<String, String> properties = new HashMap<>(serverProperties);
        properties.put(name, value);
        return new KafkaSettings(directory, port, controllerPort, heapMegabytes, jvmOptions, properties, temporary);
    }

    /** The same with a free port wherever it is 0. */
    public KafkaSettings withFreePorts() {
        return withPort(port == 0 ? Ports.free() : port)
                .withControllerPort(controllerPort == 0 ? Ports.free() : controllerPort);
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    Path log() {
        return directory.resolve("kafka.log");
    }
}
