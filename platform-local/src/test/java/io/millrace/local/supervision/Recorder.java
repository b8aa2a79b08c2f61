package io.millrace.local.supervision;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** Hears events and keeps them. */
final class Recorder implements ProcessListener {

    private final List<ProcessEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void on(ProcessEvent event) {
        events.add(event);
    }

    List<ProcessEvent> all() {
        return List.copyOf(events);
    }

    <E extends ProcessEvent> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <E extends ProcessEvent> List<E> await(int count, Class<E> type) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> all(type).size() >= count);
        return all(type);
    }
}
