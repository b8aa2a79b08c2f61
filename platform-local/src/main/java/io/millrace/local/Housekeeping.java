package io.millrace.local;

import io.millrace.local.data.DataDirectory;
import io.millrace.local.settings.ByteSize;
import io.millrace.local.settings.Settings;
import io.millrace.local.supervision.LogFile;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Keeps logs bounded, and says when the data directory or its disk gets full. */
final class Housekeeping implements AutoCloseable {

    private static final long LOGS_EVERY_SECONDS = 10;
    private static final long SPACE_EVERY_SECONDS = 60;

    private final Settings settings;
    private final DataDirectory data;
    private final PlatformProcesses processes;
    private final PlatformListener listener;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("housekeeping").factory());
    private boolean full;
    private boolean low;

    Housekeeping(Settings settings, DataDirectory data, PlatformProcesses processes, PlatformListener listener) {
        this.settings = settings;
        this.data = data;
        this.processes = processes;
        this.listener = listener;
    }

    void start() {
        var _ = executor.scheduleWithFixedDelay(
                () -> guarded(this::rotateLogs), LOGS_EVERY_SECONDS, LOGS_EVERY_SECONDS, TimeUnit.SECONDS);
        var _ = executor.scheduleWithFixedDelay(() -> guarded(this::look), 1, SPACE_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** One failure must not end the rounds to come. */
    private void guarded(Runnable round) {
        try {
            round.run();
        } catch (UncheckedIOException e) {
            listener.note("housekeeping: " + e.getMessage());
        }
    }

    private void rotateLogs() {
        processes
                .all()
                .forEach(process ->
                        new LogFile(process.log()).rotate(settings.logSize().bytes()));
    }

    /** Says each thing once, until it has been better meanwhile. */
    private void look() {
        ByteSize used = new ByteSize(data.bytes());
        ByteSize free = new ByteSize(data.freeBytes());
        boolean nowFull = used.bytes() > settings.dataLimit().bytes();
        if (nowFull && !full) {
            listener.note("the data directory holds " + used + ", above its limit of " + settings.dataLimit() + " ("
                    + data.root() + ")");
        }
        full = nowFull;
        boolean nowLow = free.bytes() < settings.freeSpace().bytes();
        if (nowLow && !low) {
            listener.note("only " + free + " free on the disk of " + data.root());
        }
        low = nowLow;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
