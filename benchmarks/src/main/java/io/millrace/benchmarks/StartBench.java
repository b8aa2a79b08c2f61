package io.millrace.benchmarks;

import io.millrace.local.Installation;
import io.millrace.local.process.ProcessMemory;
import io.millrace.systemtests.CheckOptions;
import io.millrace.systemtests.Progress;
import io.millrace.systemtests.ReportLine;
import io.millrace.systemtests.shop.ShopClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Seconds from {@code ./millrace up}, on an empty data directory and with everything built, to the first confirmed order,
 * placed by the curl that it prints; then the memory of all its processes.
 */
final class StartBench {

    private static final double MOST_SECONDS = 60;
    private static final long MOST_MEBIBYTES = 3_584;
    private static final int STARTS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Pattern LOCATION = Pattern.compile("Location: /api/orders/([0-9a-f-]{36})");

    private final CheckOptions options;
    private final Progress progress;
    private final String script =
            Installation.current().home().resolve("millrace").toString();

    StartBench(CheckOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    private record Start(double upSeconds, double confirmedSeconds, long mebibytes) {}

    Measured run() throws IOException, InterruptedException {
        List<Start> starts = new ArrayList<>();
        for (int number = 0; number < options.runs().orElse(STARTS); number++) {
            Start start = start();
            progress.say(String.format(
                    Locale.ROOT,
                    "up after %.1f s, first order confirmed after %.1f s, %d MiB",
                    start.upSeconds,
                    start.confirmedSeconds,
                    start.mebibytes));
            starts.add(start);
        }
        double seconds = median(starts.stream().map(Start::confirmedSeconds).toList());
        long mebibytes = starts.stream().mapToLong(Start::mebibytes).max().orElseThrow();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("up_s", median(starts.stream().map(Start::upSeconds).toList()));
        figures.put("starts_s", starts.stream().map(Start::confirmedSeconds).toList());
        figures.put("memory_mib", mebibytes);
        List<String> shortcomings = new ArrayList<>();
        if (seconds > MOST_SECONDS) {
            shortcomings.add("the first order was confirmed after more than " + MOST_SECONDS + " s");
        }
        if (mebibytes > MOST_MEBIBYTES) {
            shortcomings.add("all processes use more than " + MOST_MEBIBYTES + " MiB");
        }
        return new Measured(new ReportLine("start", seconds, MOST_SECONDS, "s", options.seed(), figures), shortcomings);
    }

    private Start start() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("millrace-start-");
        Path log = folder.resolve("up.log");
        int port = freePort();
        long began = System.nanoTime();
        Process up = command(folder, "up", "--port", Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            String printed = awaitRunning(up, log);
            double upSeconds = secondsSince(began);
            awaitConfirmed(port, folder, printed);
            double confirmedSeconds = secondsSince(began);
            return new Start(upSeconds, confirmedSeconds, ProcessMemory.ofFamily(up.toHandle()) >> 20);
        } finally {
            end(up, folder, log);
        }
    }

    /** Leaves nothing behind, but for what tells why something could not be ended. */
    private void end(Process up, Path folder, Path log) throws IOException, InterruptedException {
        int down = result(command(folder, "down"));
        if (!up.waitFor(1, TimeUnit.MINUTES)) {
            progress.say("up did not end within a minute of down, and is killed");
            up.destroyForcibly().waitFor();
        }
        int reset = result(command(folder, "reset", "--yes"));
        if (down == 0 && reset == 0) {
            Files.delete(log);
            Files.delete(folder);
        } else {
            progress.say("down ended with " + down + ", reset with " + reset + ": see " + folder);
        }
    }

    private static int result(ProcessBuilder builder) throws IOException, InterruptedException {
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private ProcessBuilder command(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of(script));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("MILLRACE_DATA", folder.resolve("data").toString());
        return builder;
    }

    private static String awaitRunning(Process up, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String printed = Files.readString(log);
            if (printed.contains("Ctrl-C stops everything")) {
                return printed;
            }
            if (!up.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("up did not come up: " + printed);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private void awaitConfirmed(int port, Path folder, String printed) throws IOException, InterruptedException {
        String curl = printed.lines()
                .dropWhile(line -> !line.startsWith("curl"))
                .takeWhile(line -> !line.isBlank())
                .collect(Collectors.joining("\n"));
        ProcessBuilder pasted = new ProcessBuilder("sh", "-c", curl).redirectErrorStream(true);
        Matcher placed = LOCATION.matcher(said(pasted));
        if (!placed.find()) {
            throw new IllegalStateException("the printed curl placed no order");
        }
        String token =
                said(command(folder, "token", "customer")).lines().toList().getLast();
        try (ShopClient shop = new ShopClient(URI.create("http://localhost:" + port), user -> user)) {
            String status = shop.await(token, UUID.fromString(placed.group(1)), "CONFIRMED", PATIENCE)
                    .text("status");
            if (!status.equals("CONFIRMED")) {
                throw new IllegalStateException("the order ended as " + status);
            }
        }
    }

    private static String said(ProcessBuilder builder) throws IOException {
        return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static double secondsSince(long began) {
        return Math.round((System.nanoTime() - began) / 1e8) / 10.0;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
