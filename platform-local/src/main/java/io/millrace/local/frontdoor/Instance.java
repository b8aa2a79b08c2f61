package io.millrace.local.frontdoor;

import java.time.Duration;

/** One running copy of a service. Its supervisor says whether it is ready; a refused connection says so sooner. */
final class Instance {

    // The supervisor's own answer about it comes within about that time.
    private static final long SUSPECTED_NANOS = Duration.ofSeconds(1).toNanos();

    private final String name;
    private final int port;
    private volatile boolean ready;
    private volatile long suspectedUntil;

    Instance(String name, int port) {
        this.name = name;
        this.port = port;
        this.suspectedUntil = System.nanoTime();
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    void ready(boolean now) {
        ready = now;
    }

    /** It refused a connection: no more requests for it until that has been looked into. */
    void suspect() {
        suspectedUntil = System.nanoTime() + SUSPECTED_NANOS;
    }

    boolean serves() {
        return ready && System.nanoTime() - suspectedUntil >= 0;
    }
}
