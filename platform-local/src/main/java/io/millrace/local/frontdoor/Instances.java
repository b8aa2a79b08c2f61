package io.millrace.local.frontdoor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The running copies of every service, on 127.0.0.1, and which of them are ready. Thread-safe. */
public final class Instances {

    private final Map<String, Group> groups = new ConcurrentHashMap<>();

    /** Makes an instance known, not yet ready. */
    public void add(String service, String name, int port) {
        groups.computeIfAbsent(service, _ -> new Group()).members.add(new Instance(name, port));
    }

    /** Says whether an instance is ready; nothing happens when the name is unknown. */
    public void ready(String name, boolean ready) {
        for (Group group : groups.values()) {
            for (Instance instance : group.members) {
                if (instance.name().equals(name)) {
                    instance.ready(ready);
                }
            }
        }
    }

    /** The next instance in turn that serves and has not been tried; empty when there is none. */
    Optional<Instance> next(String service, Set<Instance> tried) {
        Group group = groups.get(service);
        return group == null ? Optional.empty() : group.next(tried);
    }

    private static final class Group {

        private final List<Instance> members = new CopyOnWriteArrayList<>();
        private final AtomicInteger turn = new AtomicInteger();

        /** In turn among those that serve: else the neighbour of one that does not would get its share as well. */
        Optional<Instance> next(Set<Instance> tried) {
            List<Instance> serving = members.stream()
                    .filter(instance -> instance.serves() && !tried.contains(instance))
                    .toList();
            return serving.isEmpty()
                    ? Optional.empty()
                    : Optional.of(serving.get(Math.floorMod(turn.getAndIncrement(), serving.size())));
        }
    }
}
