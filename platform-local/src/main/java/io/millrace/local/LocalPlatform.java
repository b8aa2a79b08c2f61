package io.millrace.local;

import io.millrace.embedded.DatabaseAccess;
import io.millrace.embedded.PostgresAccess;
import io.millrace.embedded.PostgresServer;
import io.millrace.local.data.DataDirectory;
import io.millrace.local.data.Leftovers;
import io.millrace.local.data.PidFiles;
import io.millrace.local.data.PlatformLock;
import io.millrace.local.frontdoor.FrontDoor;
import io.millrace.local.frontdoor.Instances;
import io.millrace.local.frontdoor.Routes;
import io.millrace.local.process.ProcessMemory;
import io.millrace.local.seeding.Seeding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The whole platform, running: database, broker, the outside world's stand-ins, the services, and the front door, which
 * lives in this JVM.
 *
 * <p>Starting it returns when everything is ready. Closing it stops everything, services first, within about a minute.
 * When this JVM is killed, the processes end by themselves. Thread-safe.
 */
public final class LocalPlatform implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(4);

    private final PlatformSettings settings;
    private final DataDirectory data;
    private final PlatformLock lock;
    private final FrontDoor door;
    private final URI url;
    private final PlatformLayout layout;
    private final PlatformProcesses processes;
    private final Housekeeping housekeeping;
    private final PlatformListener listener;
    private boolean closed;

    private LocalPlatform(
            PlatformSettings settings,
            DataDirectory data,
            PlatformLock lock,
            FrontDoor door,
            Instances instances,
            PlatformListener listener) {
        this.settings = settings;
        this.data = data;
        this.lock = lock;
        this.door = door;
        this.listener = listener;
        this.url = door.url();
        this.layout = new PlatformLayout(settings, data, url);
        this.processes = new PlatformProcesses(layout.members(), instances, data, url, listener);
        this.housekeeping = new Housekeeping(settings.base(), data, processes, listener);
    }

    /**
     * Starts a platform.
     *
     * @throws PlatformException when it can't be started; nothing of it is left running then
     */
    public static LocalPlatform start(PlatformSettings settings, PlatformListener listener) {
        LocalPlatform platform = prepare(settings, listener);
        try {
            platform.run();
            return platform;
        } catch (RuntimeException e) { // whatever it was: nothing may be left running
            platform.close();
            throw e;
        }
    }

    /** Takes data directory and port, and starts nothing yet: so that a shutdown hook can know of it before it runs. */
    public static LocalPlatform prepare(PlatformSettings settings, PlatformListener listener) {
        DataDirectory data = new DataDirectory(settings.data());
        try {
            data.create();
        } catch (IllegalStateException e) {
            throw new PlatformException(String.valueOf(e.getMessage()), e);
        } catch (UncheckedIOException e) {
            throw new PlatformException(e.getMessage() + ": " + e.getCause(), e);
        }
        PlatformLock lock = PlatformLock.take(data.lock())
                .orElseThrow(() -> new PlatformException("Millrace already runs on " + data.root()));
        try {
            List<String> left = Leftovers.end(new PidFiles(data.run()));
            if (!left.isEmpty()) {
                listener.note("stopped what an earlier run had left behind: " + String.join(", ", left));
            }
            return behind(new Instances(), settings, data, lock, listener);
        } catch (RuntimeException e) { // whatever it was: the lock must not stay
            lock.close();
            throw e;
        }
    }

    private static LocalPlatform behind(
            Instances instances,
            PlatformSettings settings,
            DataDirectory data,
            PlatformLock lock,
            PlatformListener listener) {
        FrontDoor door = openDoor(settings, instances);
        try {
            return new LocalPlatform(settings, data, lock, door, instances, listener);
        } catch (RuntimeException e) { // whatever it was: the port must not stay taken
            door.close();
            throw e;
        }
    }

    private static FrontDoor openDoor(PlatformSettings settings, Instances instances) {
        try {
            return FrontDoor.open(
                    settings.bind(), settings.port(), settings.base().hosts(), Routes.standard(), instances);
        } catch (BindException e) {
            throw new PlatformException(
                    "port " + settings.port() + " is taken: choose another by --port or MILLRACE_PORT", e);
        } catch (IOException e) {
            throw new PlatformException("can't listen on port " + settings.port() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Starts everything and waits until it is ready, then fills an empty catalogue.
     *
     * @throws PlatformException when a process does not come up
     */
    public void run() {
        housekeeping.start();
        processes.start(List.of(PlatformLayout.POSTGRES, PlatformLayout.KAFKA, PlatformLayout.OUTSIDE));
        process(PlatformLayout.POSTGRES).awaitReady(READY_WITHIN);
        layout.databases().create(superuser());
        process(PlatformLayout.KAFKA).awaitReady(READY_WITHIN);
        processes.startAll();
        awaitAllReady(READY_WITHIN);
        if (settings.seed()) {
            listener.note(Seeding.standard(url, this::token).run());
        }
    }

    /**
     * Waits until every process is ready.
     *
     * @throws PlatformException when one is not in that time
     */
    public void awaitAllReady(Duration within) {
        processes.awaitAllReady(within);
    }

    /** The front door. */
    public URI url() {
        return url;
    }

    /** Where its data are. */
    public Path data() {
        return data.root();
    }

    /** A fresh access token of a demo user: see {@link DemoTokens#USERS}. */
    public String token(String user) {
        return new DemoTokens(layout.tokenEndpoint(), layout.demoSecret()).of(user);
    }

    /** Every process, in the order they are started. */
    public List<PlatformProcess> processes() {
        return processes.all();
    }

    /**
     * A process by its name.
     *
     * @throws PlatformException when there is none of this name
     */
    public PlatformProcess process(String name) {
        return processes.of(name);
    }

    /** Where Kafka clients connect. */
    public String bootstrapServers() {
        return layout.bootstrapServers();
    }

    /** A service's own database. */
    public DatabaseAccess database(String service) {
        return layout.databases().of(service);
    }

    /** The payment provider's own address, for whoever wants to see its ledger. */
    public URI providerUrl() {
        return layout.providerUrl();
    }

    /** The database superuser's access. */
    public PostgresAccess superuser() {
        return PostgresServer.access(layout.postgres());
    }

    /** Main memory of all processes but this JVM, in bytes: see {@link ProcessMemory}. */
    public long memoryBytes() {
        return processes().stream()
                .flatMap(process -> process.handle().stream())
                .mapToLong(ProcessMemory::ofFamily)
                .sum();
    }

    /** Stops everything, in the reverse order. Does nothing when it has been closed; waits when another thread is at it. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        housekeeping.close();
        try {
            door.close();
        } finally { // whatever became of the front door: nothing may be left running
            processes.stopAll();
            data.state().toFile().delete();
            lock.close();
        }
        if (settings.temporary() && data.isOurs()) {
            data.delete();
        }
    }
}
