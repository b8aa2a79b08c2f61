package io.millrace.local.supervision;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.embedded.ServerCommand;
import io.millrace.embedded.ServerStartException;
import io.millrace.embedded.StopSignal;
import io.millrace.local.data.PidFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On real processes: scripts, whose probe answers as the test wishes. */
class SupervisedProcessTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String SERVES = "exec sleep 600";

    @TempDir
    Path folder;

    private final Recorder events = new Recorder();
    private volatile Probe.Answer answer = Probe.Answer.READY;
    private ServerCommand.Preparation preparation = () -> {};
    private Duration readyWithin = SOON;
    private Duration stopWithin = SOON;
    private PidFiles pids;
    private SupervisedProcess process;

    @BeforeEach
    void make() {
        pids = new PidFiles(folder);
        process = supervised(SERVES);
    }

    @AfterEach
    void stop() {
        process.stop();
    }

    @Test
    void servesOnceItsProbeSaysSo() throws Exception {
        answer = Probe.Answer.NOT_READY;
        process.start();
        long pid = events.await(1, ProcessEvent.Started.class).getFirst().pid();
        assertThat(process.status().state()).isEqualTo(ProcessState.STARTING);
        assertThat(process.status().pid()).isEqualTo(pid);
        assertThat(process.handle().orElseThrow().pid()).isEqualTo(pid);
        assertThat(pids.living()).containsEntry("server", process.handle().orElseThrow());
        assertThat(process.awaitReady(Duration.ofMillis(50))).isFalse();
        answer = Probe.Answer.READY;
        assertThat(process.awaitReady(SOON)).isTrue();
        assertThat(process.status().hasServed()).isTrue();
        assertThat(events.await(1, ProcessEvent.Ready.class)).hasSize(1);
    }

    @Test
    void writesToItsLogAndIsToldItsVariables() throws Exception {
        process = supervised("echo \"$GREETING\"; echo trouble >&2; exec sleep 600");
        process.start();
        assertThat(process.awaitReady(SOON)).isTrue();
        await().atMost(SOON).until(() -> new LogFile(log()).tail(0, 10).equals(List.of("hello", "trouble")));
    }

    @Test
    void endsCleanlyAndLeavesNothingBehind() throws Exception {
        process = supervised("trap 'echo ended >ended; exit 0' TERM; while :; do sleep 0.05; done");
        ProcessHandle running = ready();
        process.stop();
        assertThat(running.isAlive()).isFalse();
        assertThat(folder.resolve("ended")).hasContent("ended");
        assertThat(pids.living()).isEmpty();
        assertThat(folder.resolve("server.pid")).doesNotExist();
        assertThat(process.status()).isEqualTo(ProcessStatus.stopped());
        assertThat(events.all().stream().map(ProcessEvent::getClass))
                .isEqualTo(List.of(
                        ProcessEvent.Started.class,
                        ProcessEvent.Ready.class,
                        ProcessEvent.Stopping.class,
                        ProcessEvent.Stopped.class));
    }

    @Test
    void isTakenOutBeforeItHearsOfItsEnd() throws Exception {
        AtomicInteger aliveWhenStopping = new AtomicInteger();
        Recorder recorder = new Recorder();
        SupervisedProcess[] holder = new SupervisedProcess[1];
        process = new SupervisedProcess(spec(SERVES), pids, event -> {
            if (event instanceof ProcessEvent.Stopping && holder[0].handle().isPresent()) {
                aliveWhenStopping.incrementAndGet();
            }
            recorder.on(event);
        });
        holder[0] = process;
        ready();
        process.stop();
        assertThat(aliveWhenStopping).hasValue(1);
    }

    @Test
    void isKilledWithItsChildrenWhenItDoesNotEndInTime() throws Exception {
        stopWithin = Duration.ofMillis(200);
        process = supervised("trap '' TERM; sleep 600 & while :; do sleep 0.05; done");
        ProcessHandle running = ready();
        await().atMost(SOON).until(() -> running.descendants().count() >= 2);
        List<ProcessHandle> family = running.descendants().toList();
        process.stop();
        assertThat(running.isAlive()).isFalse();
        await().atMost(SOON).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void canBeStartedAgainAfterItWasStopped() throws Exception {
        ProcessHandle first = ready();
        process.stop();
        process.stop();
        ProcessHandle second = ready();
        assertThat(second.pid()).isNotEqualTo(first.pid());
        assertThat(process.status().restarts()).isZero();
    }

    @Test
    void isStartedAgainAfterItWasKilled() throws Exception {
        ProcessHandle first = ready();
        process.kill();
        assertThat(first.isAlive()).isFalse();
        events.await(2, ProcessEvent.Ready.class);
        ProcessHandle second = process.handle().orElseThrow();
        assertThat(second.pid()).isNotEqualTo(first.pid());
        assertThat(pids.living()).containsEntry("server", second);
        assertThat(process.status().restarts()).isEqualTo(1);
        ProcessEvent.Died died = events.all(ProcessEvent.Died.class).getFirst();
        assertThat(died.reason()).isEqualTo("ended with exit code 137");
        assertThat(died.delay()).isEqualTo(Backoff.FIRST);
        assertThat(died.isCrashLoop()).isFalse();
    }

    @Test
    void isStartedAgainWithABackOffAndCalledHopelessWhenItDiesAgainAndAgain() throws Exception {
        answer = Probe.Answer.NOT_READY;
        process = supervised("echo life >>lives; echo no such luck; exit 7");
        process.start();
        assertThat(process.awaitReady(Duration.ofMinutes(1))).isFalse();
        assertThat(process.status().deaths()).isEqualTo(3);
        assertThat(process.status().state()).isEqualTo(ProcessState.RESTARTING);
        assertThat(Files.readAllLines(folder.resolve("lives"))).hasSize(3);
        List<ProcessEvent.Died> deaths = events.await(3, ProcessEvent.Died.class);
        assertThat(deaths).extracting(ProcessEvent.Died::deaths).containsExactly(1, 2, 3);
        assertThat(deaths).extracting(died -> died.delay().toMillis()).containsExactly(500L, 1_000L, 2_000L);
        assertThat(deaths.getLast().isCrashLoop()).isTrue();
        assertThat(deaths.getLast().log()).isEqualTo(log());
        assertThat(deaths)
                .allSatisfy(died -> assertThat(died.reason().lines())
                        .containsExactly("ended with exit code 7, its last words:", "no such luck"));
        assertThat(folder.resolve("server.pid")).doesNotExist();
    }

    @Test
    void staysDownWhenItIsStoppedBetweenTwoLives() throws Exception {
        process = supervised("exit 1");
        process.start();
        events.await(2, ProcessEvent.Died.class);
        process.stop();
        assertThat(process.status().state()).isEqualTo(ProcessState.STOPPED);
        assertThat(events.all().getLast()).isInstanceOf(ProcessEvent.Stopped.class);
        assertThat(process.awaitReady(SOON)).isFalse();
    }

    @Test
    void isKilledAndStartedAgainWhenItDoesNotServeInTime() throws Exception {
        answer = Probe.Answer.NOT_READY;
        readyWithin = Duration.ofMillis(300);
        process = supervised(SERVES);
        process.start();
        ProcessHandle first = running();
        ProcessEvent.Died died = events.await(1, ProcessEvent.Died.class).getFirst();
        assertThat(died.reason()).startsWith("did not answer within");
        assertThat(first.isAlive()).isFalse();
        answer = Probe.Answer.READY;
        assertThat(process.awaitReady(SOON)).isTrue();
    }

    @Test
    void haltsWithItsChildrenAndGoesOn() throws Exception {
        process = supervised("while :; do date >>beats; sleep 0.02; done");
        ready();
        await().atMost(SOON).until(() -> beats() > 2);
        process.pause();
        long halted = beats();
        await().during(Duration.ofMillis(200)).atMost(SOON).until(() -> beats() <= halted + 1);
        process.resume();
        await().atMost(SOON).until(() -> beats() > halted + 3);
        assertThat(process.status().restarts()).isZero();
    }

    @Test
    void endsCleanlyEvenWhenItIsHalted() throws Exception {
        process = supervised("trap 'echo ended >ended; exit 0' TERM; while :; do sleep 0.05; done");
        ProcessHandle running = ready();
        process.pause();
        process.stop();
        assertThat(running.isAlive()).isFalse();
        assertThat(folder.resolve("ended")).hasContent("ended");
    }

    @Test
    void isNotReadyOnceItHasSaidSoTwiceAndIsLeftAlone() throws Exception {
        ProcessHandle running = ready();
        answer = Probe.Answer.NOT_READY;
        events.await(1, ProcessEvent.NotReady.class);
        assertThat(process.status().state()).isEqualTo(ProcessState.NOT_READY);
        answer = Probe.Answer.READY;
        events.await(2, ProcessEvent.Ready.class);
        assertThat(process.status().state()).isEqualTo(ProcessState.READY);
        assertThat(process.handle()).contains(running);
        assertThat(events.all(ProcessEvent.NotReady.class)).hasSize(1);
    }

    @Test
    void staysReadyWhenOneAnswerIsMissingOrBad() throws Exception {
        Answers answers = new Answers(
                Probe.Answer.READY,
                Probe.Answer.NOT_READY,
                Probe.Answer.READY,
                Probe.Answer.SILENT,
                Probe.Answer.SILENT,
                Probe.Answer.READY);
        process = new SupervisedProcess(spec(SERVES, answers), pids, events);
        ready();
        await().atMost(SOON).until(answers::areGiven);
        assertThat(events.all(ProcessEvent.NotReady.class)).isEmpty();
    }

    @Test
    void isNotReadyOnceItHasBeenSilentThreeTimes() throws Exception {
        Answers answers = new Answers(
                Probe.Answer.READY, Probe.Answer.SILENT, Probe.Answer.SILENT, Probe.Answer.SILENT, Probe.Answer.READY);
        process = new SupervisedProcess(spec(SERVES, answers), pids, events);
        ready();
        events.await(1, ProcessEvent.NotReady.class);
        events.await(2, ProcessEvent.Ready.class);
        assertThat(process.status().restarts()).isZero();
    }

    @Test
    void isTriedAgainWhenItCouldNotBePrepared() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        preparation = () -> {
            switch (tries.incrementAndGet()) {
                case 1 -> throw new ServerStartException("the disk is full", null);
                case 2 -> throw new UncheckedIOException("can't write", new IOException("the disk is full"));
                default -> {}
            }
        };
        process = supervised(SERVES);
        process.start();
        assertThat(process.awaitReady(SOON)).isTrue();
        assertThat(events.all(ProcessEvent.Died.class))
                .extracting(ProcessEvent.Died::reason)
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("the disk is full"),
                        second -> assertThat(second).contains("can't write"));
        assertThat(events.all(ProcessEvent.Started.class)).hasSize(1);
    }

    @Test
    void isNotLeftRunningWhenItCouldNotBeNoted() throws Exception {
        pids = new PidFiles(folder.resolve("missing"));
        process = supervised("echo $$ >>pids; exec sleep 600");
        process.start();
        events.await(1, ProcessEvent.Died.class);
        assertThat(process.handle()).isEmpty();
        Files.createDirectory(folder.resolve("missing"));
        assertThat(process.awaitReady(SOON)).isTrue();
        Path written = folder.resolve("pids");
        await().atMost(SOON).until(() -> Files.exists(written));
        long living = Files.readAllLines(written, StandardCharsets.UTF_8).stream()
                .map(Long::valueOf)
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(ProcessHandle::isAlive)
                .count();
        assertThat(living).isEqualTo(1);
    }

    @Test
    void saysWhyItCouldNotBeStarted() {
        process = new SupervisedProcess(
                spec(List.of("no-such-program"), folder.resolve("nowhere"), () -> Probe.Answer.READY), pids, events);
        process.start();
        ProcessEvent.Died died = events.await(1, ProcessEvent.Died.class).getFirst();
        assertThat(died.reason()).startsWith("can't be started: ");
        assertThat(events.all(ProcessEvent.Started.class)).isEmpty();
    }

    @Test
    void isStoppedWhileItIsStillBeingPrepared() throws Exception {
        CountDownLatch preparing = new CountDownLatch(1);
        preparation = () -> {
            preparing.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ServerStartException("interrupted", e);
            }
        };
        process = supervised(SERVES);
        process.start();
        assertThat(preparing.await(10, SECONDS)).isTrue();
        process.stop();
        assertThat(process.status().state()).isEqualTo(ProcessState.STOPPED);
        assertThat(events.all(ProcessEvent.Started.class)).isEmpty();
    }

    /** Ctrl-C in a terminal goes to every process of its foreground group. */
    @Test
    void isOutOfTheTerminalsReach() throws Exception {
        ProcessHandle running = ready();
        Process ps = new ProcessBuilder("ps", "-o", "pgid=", "-p", Long.toString(running.pid())).start();
        String group = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        assertThat(group).isEqualTo(Long.toString(running.pid()));
    }

    private ProcessHandle ready() throws InterruptedException {
        process.start();
        assertThat(process.awaitReady(SOON)).isTrue();
        return process.handle().orElseThrow();
    }

    private ProcessHandle running() {
        await().atMost(SOON).until(() -> process.handle().isPresent());
        return process.handle().orElseThrow();
    }

    private long beats() throws IOException {
        Path beats = folder.resolve("beats");
        return Files.exists(beats) ? Files.readAllLines(beats).size() : 0;
    }

    private Path log() {
        return folder.resolve("server.log");
    }

    private SupervisedProcess supervised(String script) {
        return new SupervisedProcess(spec(script), pids, events);
    }

    private ProcessSpec spec(String script) {
        return spec(script, () -> answer);
    }

    private ProcessSpec spec(String script, Probe probe) {
        return spec(List.of("sh", "-c", script), folder, probe);
    }

    private ProcessSpec spec(List<String> program, Path directory, Probe probe) {
        ServerCommand command = new ServerCommand(
                "server",
                program,
                Map.of("GREETING", "hello"),
                directory,
                preparation,
                () -> true,
                readyWithin,
                StopSignal.TERM,
                stopWithin);
        return new ProcessSpec("server", command, probe, Duration.ofMillis(20), log());
    }

    /** Gives answers one after the other, the last one for ever. */
    private static final class Answers implements Probe {

        private final List<Answer> answers;
        private final AtomicInteger given = new AtomicInteger();

        Answers(Answer... answers) {
            this.answers = List.of(answers);
        }

        @Override
        public Answer ask() {
            return answers.get(Math.min(given.getAndIncrement(), answers.size() - 1));
        }

        boolean areGiven() {
            return given.get() > answers.size();
        }
    }
}
