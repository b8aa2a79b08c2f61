package io.millrace.local;

import io.millrace.embedded.ServerCommand;
import io.millrace.embedded.StopSignal;
import io.millrace.local.data.DataDirectory;
import io.millrace.local.supervision.HttpProbe;
import io.millrace.local.supervision.Probe;
import io.millrace.local.supervision.ProcessSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the specifications of JVMs that answer HTTP. */
final class JavaProcesses {

    private static final Duration READY_WITHIN = Duration.ofMinutes(3); // cold, on a busy machine
    private static final Duration STOP_WITHIN = Duration.ofSeconds(25); // above the services' own 20 s
    private static final Duration CHECK_EVERY = Duration.ofSeconds(1);

    private final PlatformSettings settings;
    private final DataDirectory data;
    private final JvmOptions options;

    JavaProcesses(PlatformSettings settings, DataDirectory data, JvmOptions options) {
        this.settings = settings;
        this.data = data;
        this.options = options;
    }

    /**
     * A process run from jars.
     *
     * @param name of the process
     * @param program what follows the JVM's options, such as {@code -jar x.jar}
     * @param environment variables, which the settings for the service may override
     * @param service whose overrides apply
     * @param health where it says whether it is ready
     */
    ProcessSpec of(String name, List<String> program, Map<String, String> environment, String service, URI health) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options.of(name, service, data.logs()));
        command.addAll(program);
        Map<String, String> variables = new HashMap<>(settings.base().passedOn());
        variables.putAll(environment);
        variables.putAll(settings.environment().getOrDefault(service, Map.of()));
        Probe probe = new HttpProbe(health);
        ServerCommand server = new ServerCommand(
                name,
                command,
                variables,
                data.root(),
                () -> {},
                () -> probe.ask() == Probe.Answer.READY,
                READY_WITHIN,
                StopSignal.TERM,
                STOP_WITHIN);
        return new ProcessSpec(name, server, probe, CHECK_EVERY, data.log(name));
    }
}
