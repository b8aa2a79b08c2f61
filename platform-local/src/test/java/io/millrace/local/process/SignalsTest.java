package io.millrace.local.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignalsTest {

    private Process echo;
    private BufferedReader answers;

    @BeforeEach
    void start() throws IOException {
        echo = Shell.start("while read -r line; do echo \"$line\"; done");
        answers = echo.inputReader(StandardCharsets.UTF_8);
    }

    @AfterEach
    void end() {
        echo.destroyForcibly();
    }

    @Test
    void haltAProcessAndLetItGoOn() throws Exception {
        say("one");
        assertThat(answers.readLine()).isEqualTo("one");
        Signals.pause(List.of(echo.toHandle()));
        say("two");
        await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(5)).until(() -> !answers.ready());
        Signals.resume(List.of(echo.toHandle()));
        assertThat(answers.readLine()).isEqualTo("two");
    }

    @Test
    void interruptAProcess() throws Exception {
        Signals.interrupt(List.of(echo.toHandle()));
        assertThat(echo.waitFor(10, SECONDS)).isTrue();
        assertThat(echo.exitValue()).isEqualTo(128 + 2);
    }

    @Test
    void doNotMindAProcessThatHasEnded() throws Exception {
        Process other = Shell.start("exec sleep 600");
        echo.destroyForcibly().waitFor();
        Signals.interrupt(List.of(echo.toHandle(), other.toHandle()));
        assertThat(other.waitFor(10, SECONDS)).isTrue();
        Signals.resume(List.of());
    }

    private void say(String line) throws IOException {
        Writer writer = echo.outputWriter(StandardCharsets.UTF_8);
        writer.write(line + "\n");
        writer.flush();
    }
}
