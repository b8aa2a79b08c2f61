package io.millrace.local.supervision;

import io.millrace.embedded.OrphanGuard;
import io.millrace.embedded.ServerStartException;
import io.millrace.local.data.PidFiles;
import io.millrace.local.process.Detachment;
import io.millrace.local.process.Endings;
import io.millrace.local.process.ProcessMark;
import io.millrace.local.process.Signals;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A process that is started, watched, started again when it dies, and stopped: by a thread of its own.
 *
 * <p>It is out of the terminal's reach, and ends when this JVM is killed. A process that lives and does not answer is
 * reported and left alone: what is halted or overloaded would only lose more by a restart. Thread-safe.
 */
public final class SupervisedProcess {

    private static final Duration STARTING_POLL = Duration.ofMillis(150);
    private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);
    private static final int REFUSED_IN_A_ROW = 2;
    private static final int SILENT_IN_A_ROW = 3;

    private final ProcessSpec spec;
    private final PidFiles pids;
    private final Announcements announcements;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private ProcessStatus status = ProcessStatus.stopped();
    private boolean wanted;
    private @Nullable Process process;
    private @Nullable Thread thread;

    /** A process, not yet started. */
    public SupervisedProcess(ProcessSpec spec, PidFiles pids, ProcessListener listener) {
        this.spec = spec;
        this.pids = pids;
        this.announcements = new Announcements(listener);
    }

    /** What it is. */
    public ProcessSpec spec() {
        return spec;
    }

    /** How it does. */
    public ProcessStatus status() {
        lock.lock();
        try {
            return status;
        } finally {
            lock.unlock();
        }
    }

    /** The running process; empty when there is none at the moment. */
    public Optional<ProcessHandle> handle() {
        lock.lock();
        try {
            return Optional.ofNullable(process).filter(Process::isAlive).map(Process::toHandle);
        } finally {
            lock.unlock();
        }
    }

    /** Wants it to run; returns at once. Does nothing when it is wanted already. */
    public void start() {
        lock.lock();
        try {
            if (wanted) {
                return;
            }
            wanted = true;
            status = status.with(ProcessState.STARTING);
            thread = Thread.ofVirtual().name("supervise-" + spec.name()).start(this::supervise);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it serves; false when it does not within that time, is stopped, or dies again and again. */
    public boolean awaitReady(Duration within) throws InterruptedException {
        long nanos = within.toNanos();
        lock.lock();
        try {
            while (status.state() != ProcessState.READY) {
                boolean hopeless = !wanted || (!status.hasServed() && status.deaths() >= ProcessEvent.Died.LOOP);
                if (hopeless || nanos <= 0) {
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends it cleanly, or by SIGKILL when that takes too long; it stays down. Returns when it has ended. */
    public void stop() {
        Thread supervising;
        lock.lock();
        try {
            if (!wanted) {
                return;
            }
            wanted = false;
            supervising = thread;
            thread = null;
            announcements.note(new ProcessEvent.Stopping(spec.name()));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        announcements.tell(); // no more requests for it, before it hears of it
        handle().ifPresentOrElse(this::end, () -> {
            if (supervising != null) {
                supervising.interrupt(); // a preparation or a wait between two lives
            }
        });
        join(supervising);
    }

    private void end(ProcessHandle running) {
        List<ProcessHandle> family = Endings.family(running);
        Signals.resume(family); // a halted one could not follow
        spec.command().stopSignal().send(running);
        if (!Endings.await(List.of(running), spec.command().stopWithin())) {
            Endings.kill(Endings.family(running));
        }
    }

    private static void join(@Nullable Thread supervising) {
        if (supervising == null) {
            return;
        }
        try {
            supervising.join(KILLED_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it by SIGKILL, children included, as a crash would; it is started again like after any death. */
    public void kill() {
        handle().ifPresent(running -> Endings.kill(Endings.family(running)));
    }

    /** Halts it by SIGSTOP, children included. */
    public void pause() {
        // Twice: the second listing has a child that was forked while its parent was being halted.
        handle().ifPresent(running -> Signals.pause(Endings.family(running)));
        handle().ifPresent(running -> Signals.pause(Endings.family(running)));
    }

    /** Lets it go on. */
    public void resume() {
        handle().ifPresent(running -> Signals.resume(Endings.family(running)));
    }

    private void supervise() {
        Backoff backoff = Backoff.none();
        try {
            while (isWanted()) {
                long began = System.nanoTime();
                String reason = live(began);
                backoff = backoff.afterDeath(Duration.ofNanos(System.nanoTime() - began));
                int deaths = backoff.deaths();
                report(
                        before -> before.died(deaths),
                        new ProcessEvent.Died(spec.name(), reason, deaths, backoff.delay(), spec.log()));
                rest(backoff.delay());
            }
        } catch (InterruptedException e) {
            // asked to stop while nothing ran
        } finally {
            stopped();
        }
    }

    /** One life, from preparation to death; says what it died of. */
    private String live(long began) throws InterruptedException {
        Process running;
        long logStart;
        try {
            logStart = new LogFile(spec.log()).size();
            spec.command().preparation().run();
            running = launch();
        } catch (ServerStartException e) {
            return String.valueOf(e.getMessage());
        } catch (IOException | RuntimeException e) { // whatever it was: a later try may go well
            return "can't be started: " + e.getMessage();
        }
        announcements.tell();
        try {
            if (!becomesReady(running, began)) {
                Endings.kill(Endings.family(running.toHandle()));
                return "did not answer within " + spec.command().readyWithin().toSeconds() + " s";
            }
            watch(running);
            return "ended with exit code " + running.exitValue() + lastWords(logStart);
        } finally {
            pids.remove(spec.name());
        }
    }

    private Process launch() throws IOException {
        lock.lock();
        try {
            if (!isWanted()) {
                throw new IOException("not wanted any more");
            }
            ProcessBuilder builder = spec.command().processBuilder(spec.log());
            List<String> command = new ArrayList<>(Detachment.prefix());
            command.addAll(builder.command());
            Process started = builder.command(command).start();
            guard(started);
            process = started;
            status = status.started(started.pid());
            announcements.note(new ProcessEvent.Started(spec.name(), started.pid()));
            changed.signalAll();
            return started;
        } finally {
            lock.unlock();
        }
    }

    /** Makes sure that it does not outlive this JVM; ends it where that fails, as on a full disk. */
    private void guard(Process started) {
        try {
            ProcessMark.of(started.toHandle()).ifPresent(mark -> pids.write(spec.name(), mark));
            OrphanGuard.watch(started, spec.command().stopSignal());
        } catch (RuntimeException e) {
            Endings.kill(Endings.family(started.toHandle()));
            pids.remove(spec.name());
            throw e;
        }
    }

    /** True when it serves or has died; false when its time is over. */
    private boolean becomesReady(Process running, long began) throws InterruptedException {
        long limit = spec.command().readyWithin().toNanos();
        while (!running.waitFor(STARTING_POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            if (spec.probe().ask() == Probe.Answer.READY) {
                ready(began);
                return true;
            }
            if (System.nanoTime() - began > limit) {
                return false;
            }
        }
        return true;
    }

    private void watch(Process running) throws InterruptedException {
        int silent = 0;
        int refused = 0;
        long since = System.nanoTime();
        while (!running.waitFor(spec.checkEvery().toMillis(), TimeUnit.MILLISECONDS)) {
            Probe.Answer answer = spec.probe().ask();
            silent = answer == Probe.Answer.SILENT ? silent + 1 : 0;
            // A database that answers late once makes a busy service call itself not ready: turning it all away would
            // be worse.
            refused = answer == Probe.Answer.NOT_READY ? refused + 1 : 0;
            boolean serves = silent < SILENT_IN_A_ROW && refused < REFUSED_IN_A_ROW;
            ProcessState before = status().state();
            if (answer == Probe.Answer.READY && before == ProcessState.NOT_READY) {
                ready(since);
            } else if (!serves && before == ProcessState.READY) {
                since = System.nanoTime();
                report(status -> status.with(ProcessState.NOT_READY), new ProcessEvent.NotReady(spec.name()));
            }
        }
    }

    private String lastWords(long logStart) {
        if (status().hasServed()) {
            return "";
        }
        List<String> lines = new LogFile(spec.log()).tail(logStart, 12);
        return lines.isEmpty()
                ? ""
                : ", its last words:" + System.lineSeparator() + String.join(System.lineSeparator(), lines);
    }

    private void rest(Duration delay) throws InterruptedException {
        long nanos = delay.toNanos();
        lock.lock();
        try {
            while (isWanted() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the calling thread, which supervises, still has something to do. */
    private boolean isWanted() {
        lock.lock();
        try {
            return wanted && thread == Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    private void ready(long since) {
        Duration after = Duration.ofNanos(System.nanoTime() - since);
        report(status -> status.with(ProcessState.READY), new ProcessEvent.Ready(spec.name(), after));
    }

    /** Nothing changes once it is being stopped: what it says from then on does not count. */
    private void report(UnaryOperator<ProcessStatus> change, ProcessEvent event) {
        lock.lock();
        try {
            if (isWanted()) {
                status = change.apply(status);
                announcements.note(event);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        announcements.tell();
    }

    private void stopped() {
        lock.lock();
        try {
            if (thread == null || thread == Thread.currentThread()) { // else it has been started again meanwhile
                status = ProcessStatus.stopped();
                announcements.note(new ProcessEvent.Stopped(spec.name()));
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        announcements.tell();
    }
}
