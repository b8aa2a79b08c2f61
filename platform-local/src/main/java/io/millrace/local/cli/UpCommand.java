package io.millrace.local.cli;

import io.millrace.local.Installation;
import io.millrace.local.LocalPlatform;
import io.millrace.local.PlatformException;
import io.millrace.local.PlatformSettings;
import io.millrace.local.seeding.SeedingException;
import io.millrace.local.settings.Settings;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Starts everything, says how to use it, and stays until it is told to stop. */
final class UpCommand {

    private final Installation installation;
    private final Settings settings;
    private final PrintStream out;
    private final PrintStream err;

    UpCommand(Installation installation, Settings settings, PrintStream out, PrintStream err) {
        this.installation = installation;
        this.settings = settings;
        this.out = out;
        this.err = err;
    }

    /** Returns only when it fails; otherwise the JVM ends by a signal. */
    int run(Command.Up up) {
        Optional<String> obstacle = Preflight.obstacle(up, settings);
        if (obstacle.isPresent()) {
            err.println("millrace: " + obstacle.get());
            return ExitCodes.FAILED;
        }
        long began = System.nanoTime();
        PlatformSettings chosen = chosen(installation, settings, up);
        AtomicBoolean stopping = new AtomicBoolean();
        try (UpOutput output = new UpOutput(out)) {
            output.begin("starting, data in " + settings.data());
            LocalPlatform platform = LocalPlatform.prepare(chosen, output);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(platform, output, stopping), "stop"));
            return stay(platform, output, stopping, began);
        }
    }

    /** What the command line says wins. */
    static PlatformSettings chosen(Installation installation, Settings settings, Command.Up up) {
        PlatformSettings chosen = PlatformSettings.of(installation, settings)
                .withPort(up.port().orElse(settings.port()))
                .withBind(up.bind().orElse(settings.bind()));
        return up.traffic() ? chosen : chosen.withoutTraffic();
    }

    private int stay(LocalPlatform platform, UpOutput output, AtomicBoolean stopping, long began) {
        try {
            platform.run();
            output.done();
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            new Welcome(installation, settings, platform.url()).print(out, took);
            output.watch();
            Thread.currentThread().join(); // for ever: a signal ends this JVM
            return ExitCodes.DONE;
        } catch (PlatformException | SeedingException e) {
            if (!stopping.get()) {
                output.note("can't start: " + e.getMessage());
            }
            return ExitCodes.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCodes.FAILED;
        }
    }

    private static void stop(LocalPlatform platform, UpOutput output, AtomicBoolean stopping) {
        stopping.set(true);
        output.note("stopping");
        platform.close();
        output.note("stopped; the data are kept");
    }
}
