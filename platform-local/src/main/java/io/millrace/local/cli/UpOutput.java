package io.millrace.local.cli;

import io.millrace.local.PlatformListener;
import io.millrace.local.supervision.ProcessEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What {@code up} prints: first what is awaited, then what happens.
 *
 * <p>On a terminal the last line tells every second what is still awaited; elsewhere a line does every ten seconds.
 */
final class UpOutput implements PlatformListener, AutoCloseable {

    private static final int PLAIN_EVERY_SECONDS = 10;
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream out;
    private final boolean terminal;
    private final Map<String, Long> awaited = new LinkedHashMap<>();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("progress").factory());
    private boolean starting;

    @SuppressWarnings("SystemConsoleNull") // JDK 25 does return null where there is no terminal
    UpOutput(PrintStream out) {
        this.out = out;
        this.terminal = System.console() != null && System.console().isTerminal();
    }

    synchronized void begin(String line) {
        starting = true;
        print(line);
        int seconds = terminal ? 1 : PLAIN_EVERY_SECONDS;
        var _ = executor.scheduleAtFixedRate(this::progress, seconds, seconds, TimeUnit.SECONDS);
    }

    /** The start is over; nothing is printed until {@link #watch}. */
    synchronized void done() {
        close();
        clear();
    }

    /** From now on events are told as such. */
    synchronized void watch() {
        starting = false;
    }

    @Override
    public synchronized void note(String line) {
        print(line);
    }

    @Override
    public synchronized void on(ProcessEvent event) {
        switch (event) {
            case ProcessEvent.Started started -> awaited.putIfAbsent(started.process(), System.nanoTime());
            case ProcessEvent.Ready ready -> {
                awaited.remove(ready.process());
                print(ready.process() + " is ready (" + seconds(ready.after()) + ")");
            }
            case ProcessEvent.NotReady notReady -> print(notReady.process() + " runs and is not ready");
            case ProcessEvent.Died died -> died(died);
            case ProcessEvent.Stopping stopping -> awaited.remove(stopping.process());
            case ProcessEvent.Stopped stopped -> {
                awaited.remove(stopped.process());
                if (!starting) {
                    print(stopped.process() + " has stopped");
                }
            }
        }
    }

    private void died(ProcessEvent.Died died) {
        awaited.remove(died.process());
        print(died.process() + " " + died.reason());
        String wait = seconds(died.delay());
        print(
                died.isCrashLoop()
                        ? died.process() + " has died " + died.deaths() + " times in a row; next start in " + wait
                                + "; its log: " + died.log()
                        : died.process() + " is started again in " + wait);
    }

    private synchronized void progress() {
        if (awaited.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        String line = "waiting for "
                + awaited.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + (now - entry.getValue()) / 1_000_000_000L + " s")
                        .collect(Collectors.joining(", "));
        if (terminal) {
            out.print(CLEAR_LINE + line);
            out.flush();
        } else {
            out.println(line);
        }
    }

    private void print(String line) {
        clear();
        out.println(line);
        out.flush();
    }

    private void clear() {
        if (terminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
