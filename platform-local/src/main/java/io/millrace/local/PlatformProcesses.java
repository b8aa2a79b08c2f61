package io.millrace.local;

import io.millrace.local.data.DataDirectory;
import io.millrace.local.data.PidFiles;
import io.millrace.local.data.PlatformState;
import io.millrace.local.frontdoor.Instances;
import io.millrace.local.process.ProcessMark;
import io.millrace.local.supervision.ProcessEvent;
import io.millrace.local.supervision.ProcessState;
import io.millrace.local.supervision.ProcessStatus;
import io.millrace.local.supervision.SupervisedProcess;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All processes of a platform; tells the front door and other terminals how they do. Thread-safe. */
final class PlatformProcesses {

    private final Map<String, PlatformProcess> processes = new LinkedHashMap<>();
    private final Instances instances;
    private final DataDirectory data;
    private final URI url;
    private final PlatformListener listener;
    private final ProcessMark self;
    private boolean closed;
    private boolean unwritten;

    PlatformProcesses(
            List<PlatformMember> members, Instances instances, DataDirectory data, URI url, PlatformListener listener) {
        this.instances = instances;
        this.data = data;
        this.url = url;
        this.listener = listener;
        this.self = ProcessMark.of(ProcessHandle.current()).orElseThrow();
        PidFiles pids = new PidFiles(data.run());
        for (PlatformMember member : members) {
            if (member.isFronted()) {
                instances.add(member.service(), member.name(), member.port());
                member.besides().forEach((service, port) -> instances.add(service, member.name(), port));
            }
            SupervisedProcess supervised = new SupervisedProcess(member.spec(), pids, this::on);
            processes.put(member.name(), new PlatformProcess(member, supervised));
        }
        writeState();
    }

    List<PlatformProcess> all() {
        return List.copyOf(processes.values());
    }

    PlatformProcess of(String name) {
        PlatformProcess process = processes.get(name);
        if (process == null) {
            throw new PlatformException("no process " + name + "; there are " + String.join(", ", processes.keySet()));
        }
        return process;
    }

    void start(Collection<String> names) {
        names.forEach(name -> of(name).start());
    }

    void startAll() {
        processes.values().forEach(PlatformProcess::start);
    }

    void awaitAllReady(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        for (PlatformProcess process : processes.values()) {
            process.awaitReady(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }

    /** Services at once, then the outside, then broker and database, each of which the former need to end cleanly. */
    void stopAll() {
        List<PlatformProcess> rest = new ArrayList<>(processes.values());
        List<PlatformProcess> services = rest.stream()
                .filter(process ->
                        PlatformLayout.SERVICES.contains(process.member().service()))
                .toList();
        rest.removeAll(services);
        stopTogether(services);
        rest.reversed().forEach(PlatformProcess::stop);
        synchronized (this) {
            closed = true;
        }
    }

    private static void stopTogether(List<PlatformProcess> stopped) {
        List<Thread> threads = stopped.stream()
                .map(process -> Thread.ofVirtual().start(process::stop))
                .toList();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void on(ProcessEvent event) {
        instances.ready(event.process(), event instanceof ProcessEvent.Ready);
        tryToWriteState();
        listener.on(event);
    }

    /** The file only informs other terminals: a full disk must not end the supervision that tells of the event. */
    private synchronized void tryToWriteState() {
        try {
            writeState();
            unwritten = false;
        } catch (UncheckedIOException e) {
            if (!unwritten) {
                listener.note("can't write " + data.state() + ": status knows nothing new meanwhile");
            }
            unwritten = true;
        }
    }

    private synchronized void writeState() {
        if (!closed) {
            List<PlatformState.Entry> entries =
                    processes.values().stream().map(PlatformProcesses::entry).toList();
            new PlatformState(self, url, entries).write(data.state());
        }
    }

    private static PlatformState.Entry entry(PlatformProcess process) {
        ProcessStatus status = process.status();
        return new PlatformState.Entry(
                process.name(),
                status.state().toString(),
                status.state() == ProcessState.READY,
                status.pid(),
                status.started(),
                status.restarts(),
                process.port(),
                process.member().managementPort());
    }
}
