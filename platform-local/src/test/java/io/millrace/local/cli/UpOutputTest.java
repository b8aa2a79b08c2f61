package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.supervision.ProcessEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpOutputTest {

    private static final Path LOG = Path.of("/data/logs/kafka.log");

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void tellsWhatBecomesReadyWhatDiesAndWhatStops() {
        try (UpOutput output = new UpOutput(new PrintStream(said, true, StandardCharsets.UTF_8))) {
            output.begin("starting");
            output.on(new ProcessEvent.Started("kafka", 1));
            output.on(new ProcessEvent.Ready("kafka", Duration.ofMillis(2_345)));
            output.done();
            output.watch();
            output.on(new ProcessEvent.NotReady("kafka"));
            output.on(new ProcessEvent.Died("kafka", "ended with exit code 137", 1, Duration.ofMillis(500), LOG));
            output.on(new ProcessEvent.Stopping("kafka"));
            output.on(new ProcessEvent.Stopped("kafka"));
        }
        assertThat(lines())
                .containsExactly(
                        "starting",
                        "kafka is ready (2.3 s)",
                        "kafka runs and is not ready",
                        "kafka ended with exit code 137",
                        "kafka is started again in 0.5 s",
                        "kafka has stopped");
    }

    @Test
    void saysWhereToLookWhenSomethingDiesAgainAndAgain() {
        try (UpOutput output = new UpOutput(new PrintStream(said, true, StandardCharsets.UTF_8))) {
            output.on(new ProcessEvent.Died("kafka", "ended with exit code 1", 3, Duration.ofSeconds(2), LOG));
        }
        assertThat(lines())
                .containsExactly(
                        "kafka ended with exit code 1",
                        "kafka has died 3 times in a row; next start in 2.0 s; its log: " + LOG);
    }

    private List<String> lines() {
        return said.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
