package io.millrace.local.frontdoor;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A front door in a test, with its instances behind it. */
final class Door implements AutoCloseable {

    /** Short enough to be waited for, long enough for a busy machine. */
    static final FrontDoorLimits LIMITS =
            new FrontDoorLimits(1_024, 64, 256, Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofMillis(500));

    /** What tests call it; some lines are shorter with a short name. */
    private static final List<String> HOSTS = List.of("shop.example", "a");

    private final Instances instances = new Instances();
    private final List<Backend> backends = new ArrayList<>();
    private final FrontDoor door;

    private Door(FrontDoorLimits limits) throws IOException {
        Properties routes = new Properties();
        routes.setProperty("/api/orders", "orders");
        routes.setProperty("/api/orders/export", "reports");
        routes.setProperty("/api/products", "products");
        door = FrontDoor.open("127.0.0.1", 0, HOSTS, Routes.of(routes), instances, limits);
    }

    static Door standard() throws IOException {
        return new Door(FrontDoorLimits.standard());
    }

    static Door with(FrontDoorLimits limits) throws IOException {
        return new Door(limits);
    }

    int port() {
        return door.port();
    }

    FrontDoor frontDoor() {
        return door;
    }

    /** A ready instance. */
    Backend add(String service, String name, Backend.Behaviour behaviour) throws IOException {
        return add(service, name, Backend.answering(behaviour));
    }

    /** The same. */
    Backend add(String service, String name, Backend backend) {
        backends.add(backend);
        add(service, name, backend.port());
        return backend;
    }

    /** A ready instance at a port. */
    void add(String service, String name, int port) {
        instances.add(service, name, port);
        instances.ready(name, true);
    }

    void ready(String name, boolean ready) {
        instances.ready(name, ready);
    }

    @Override
    public void close() throws IOException {
        for (Backend backend : backends) {
            backend.close();
        }
        door.close();
    }
}
