package io.millrace.events;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A topic, declared once: what it carries, under which key, for how long, and whose it is.
 *
 * @param name {@code <owner's word>.<stream>.v<n>}
 * @param contract the sealed interface of everything the topic may carry
 * @param key what the record key is, in words, such as {@code orderId}: the id whose order matters
 * @param partitions number of partitions, at least 1; fixed for the life of the topic, as the key decides the partition
 * @param retention how long records are kept
 * @param owner the only service that writes the topic
 * @param <E> type of the events carried
 */
public record Topic<E extends Event>(
        String name, Class<E> contract, String key, int partitions, Retention retention, String owner) {

    /** Asked for every record that is written and read: found once for each class. */
    private static final ClassValue<Map<String, Class<?>>> TYPES = new ClassValue<>() {
        @Override
        protected Map<String, Class<?>> computeValue(Class<?> contract) {
            return records(contract).collect(Collectors.toUnmodifiableMap(Topic::typeOf, type -> type));
        }
    };

    private static final ClassValue<String> NAMES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> event) {
            EventType type = event.getAnnotation(EventType.class);
            if (type == null) {
                throw new IllegalArgumentException(event.getName() + " bears no @EventType");
            }
            return type.value();
        }
    };

    /** Refuses a contract that is not sealed over event records, and fewer than one partition. */
    public Topic {
        if (partitions < 1) {
            throw new IllegalArgumentException(name + ": partitions must be at least 1, was " + partitions);
        }
        if (records(contract).findAny().isEmpty()) {
            throw new IllegalArgumentException(name + ": contract must be a sealed interface over event records");
        }
    }

    /** Every record the topic may carry, by its stable name. */
    public Map<String, Class<? extends E>> types() {
        return records(contract).collect(Collectors.toUnmodifiableMap(Topic::typeOf, type -> type));
    }

    /** The record of a stable name; empty for a name this topic does not carry. */
    public Optional<Class<? extends E>> type(String name) {
        Class<?> type = TYPES.get(contract).get(name);
        return type == null ? Optional.empty() : Optional.of(type.asSubclass(contract));
    }

    /** Every record the topic may carry, in the order its contract names them. */
    public List<Class<? extends E>> records() {
        return records(contract).toList();
    }

    /** The topic that receives the records of this one that a consumer group could not process. */
    public String deadLetters(String group) {
        return group + "." + name + ".dlt";
    }

    /**
     * The stable name of an event record.
     *
     * @throws IllegalArgumentException when the record bears no {@link EventType}
     */
    public static String typeOf(Class<?> event) {
        return NAMES.get(event);
    }

    private static <E> Stream<Class<? extends E>> records(Class<E> contract) {
        Class<?>[] permitted = contract.getPermittedSubclasses();
        if (permitted == null) {
            return contract.isRecord() ? Stream.of(contract) : Stream.empty();
        }
        return Arrays.stream(permitted).flatMap(type -> records(type.asSubclass(contract)));
    }
}
