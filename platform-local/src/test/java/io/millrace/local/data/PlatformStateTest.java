package io.millrace.local.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.process.ProcessMark;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformStateTest {

    private static final ProcessMark SELF =
            ProcessMark.of(ProcessHandle.current()).orElseThrow();

    @TempDir
    Path folder;

    @Test
    void isReadAsItWasWritten() {
        PlatformState state = new PlatformState(
                SELF,
                URI.create("http://localhost:8080"),
                List.of(
                        new PlatformState.Entry(
                                "kafka", "ready", true, 4711, Instant.ofEpochMilli(1_234_567), 2, 9092, 0),
                        new PlatformState.Entry(
                                "order-service-2", "not ready", false, 0, Instant.EPOCH, 0, 25_000, 25_001)));
        Path file = folder.resolve("state");
        state.write(file);
        assertThat(PlatformState.read(file)).contains(state);
        state.write(file);
        assertThat(PlatformState.read(file)).contains(state);
    }

    @Test
    void isEmptyWhereNothingWasWritten() {
        assertThat(PlatformState.read(folder.resolve("state"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "supervisor=x\nurl=http\\://localhost\\:1",
                "supervisor=1 a\nurl=http\\://localhost\\:1\nprocess.0=kafka,ready",
                "supervisor=1 a\nurl=http\\://localhost\\:1\nprocess.0=kafka,ready,true,1,yesterday,0,1",
                "supervisor=1 a\nurl=http\\://localhost\\:1\nprocess.0=kafka,ready,true,one,1970-01-01T00:00:00Z,0,1",
                "supervisor=1 a\nurl=no url",
                "supervisor=\\u12"
            })
    void isEmptyWhenItHasAnotherForm(String content) throws IOException {
        assertThat(PlatformState.read(Files.writeString(folder.resolve("state"), content)))
                .isEmpty();
    }

    @Test
    void isCurrentAsLongAsItsSupervisorLives() {
        assertThat(of(SELF).isCurrent()).isTrue();
        assertThat(of(new ProcessMark(SELF.pid(), "another birth")).isCurrent()).isFalse();
    }

    private static PlatformState of(ProcessMark supervisor) {
        return new PlatformState(supervisor, URI.create("http://localhost:8080"), List.of());
    }
}
