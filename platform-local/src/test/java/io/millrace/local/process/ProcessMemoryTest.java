package io.millrace.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {

    private static final long MEBIBYTE = 1024 * 1024;

    @Test
    void countsAProcessAndAllItHasStarted() throws IOException {
        Process child = new ProcessBuilder("sleep", "600").start();
        try {
            long alone = ProcessMemory.ofAlone(ProcessHandle.current());
            assertThat(alone).isBetween(20 * MEBIBYTE, 4_096 * MEBIBYTE);
            assertThat(ProcessMemory.ofAlone(child.toHandle())).isBetween(1L, 100 * MEBIBYTE);
            assertThat(Endings.family(ProcessHandle.current()))
                    .startsWith(ProcessHandle.current())
                    .contains(child.toHandle());
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void countsNothingForAProcessThatHasEnded() throws IOException {
        Process ended = new ProcessBuilder("true").start();
        ended.onExit().join();
        assertThat(ProcessMemory.ofFamily(ended.toHandle())).isZero();
    }
}
