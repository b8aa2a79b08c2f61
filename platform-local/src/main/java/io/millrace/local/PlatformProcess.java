package io.millrace.local;

import io.millrace.local.supervision.ProcessState;
import io.millrace.local.supervision.ProcessStatus;
import io.millrace.local.supervision.SupervisedProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One process of a running platform, to be looked at and maltreated. Thread-safe. */
public final class PlatformProcess {

    private final PlatformMember member;
    private final SupervisedProcess process;

    PlatformProcess(PlatformMember member, SupervisedProcess process) {
        this.member = member;
        this.process = process;
    }

    PlatformMember member() {
        return member;
    }

    SupervisedProcess supervised() {
        return process;
    }

    /** Its name: of the service, with the number of the instance from the second on. */
    public String name() {
        return member.name();
    }

    /** What it is doing. */
    public ProcessState state() {
        return process.status().state();
    }

    /** How it does. */
    public ProcessStatus status() {
        return process.status();
    }

    /** Process id, or the last one while it does not run; 0 before the first start. */
    public long pid() {
        return process.status().pid();
    }

    /** How often it was started again. */
    public int restarts() {
        return process.status().restarts();
    }

    /** The process in the operating system; empty while there is none. */
    public Optional<ProcessHandle> handle() {
        return process.handle();
    }

    /** Everything it writes to its console. */
    public Path log() {
        return process.spec().log();
    }

    /** Where it listens. */
    public int port() {
        return member.port();
    }

    /** Its own HTTP address, past the front door; empty for database and broker. */
    public Optional<URI> url() {
        return member.isFronted() ? Optional.of(URI.create("http://127.0.0.1:" + member.port())) : Optional.empty();
    }

    /** Where its health and metrics are; empty where there are none. */
    public Optional<URI> managementUrl() {
        return member.managementPort() == 0
                ? Optional.empty()
                : Optional.of(URI.create("http://127.0.0.1:" + member.managementPort()));
    }

    /** SIGKILL, children included; returns when it is dead. It is started again after a back-off. */
    public void kill() {
        process.kill();
    }

    /** SIGSTOP, children included: connections stay open and nothing answers. */
    public void pause() {
        process.pause();
    }

    /** SIGCONT, children included. */
    public void resume() {
        process.resume();
    }

    /** Ends it cleanly; it stays down until {@link #start}. Returns when it has ended. */
    public void stop() {
        process.stop();
    }

    /** Starts it after a {@link #stop}; returns at once. */
    public void start() {
        process.start();
    }

    /**
     * Waits until it serves.
     *
     * @throws PlatformException when it does not in that time
     */
    public void awaitReady(Duration within) {
        try {
            if (!process.awaitReady(within)) {
                throw new PlatformException(
                        name() + " is not ready after " + within.toSeconds() + " s: " + state() + "; see " + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("interrupted while waiting for " + name(), e);
        }
    }
}
