package io.millrace.local.data;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformLockTest {

    @TempDir
    Path folder;

    @Test
    void isTakenOnceAndAgainWhenItWasGivenBack() {
        Path file = folder.resolve("lock");
        assertThat(PlatformLock.isHeld(file)).isFalse();
        try (PlatformLock _ = PlatformLock.take(file).orElseThrow()) {
            assertThat(PlatformLock.take(file)).isEmpty();
            assertThat(PlatformLock.take(folder.resolve("x/../lock"))).isEmpty();
            assertThat(PlatformLock.isHeld(file)).isTrue();
        }
        assertThat(PlatformLock.isHeld(file)).isFalse();
        PlatformLock.take(file).orElseThrow().close();
    }

    @Test
    void isStillHeldAgainstOtherProcessesAfterItWasAskedForHere() throws Exception {
        Path file = folder.resolve("lock");
        try (PlatformLock _ = PlatformLock.take(file).orElseThrow()) {
            assertThat(PlatformLock.take(file)).isEmpty();
            assertThat(PlatformLock.isHeld(file)).isTrue();
            assertThat(said(holder(file))).isEqualTo("held elsewhere");
        }
    }

    @Test
    void isFreeWhenTheProcessThatHeldItIsKilled() throws Exception {
        Path file = folder.resolve("lock");
        Process holder = holder(file);
        try {
            assertThat(said(holder)).isEqualTo("taken");
            assertThat(PlatformLock.isHeld(file)).isTrue();
            assertThat(PlatformLock.take(file)).isEmpty();
        } finally {
            holder.destroyForcibly();
        }
        assertThat(holder.waitFor(10, SECONDS)).isTrue();
        PlatformLock.take(file).orElseThrow().close();
    }

    private static Process holder(Path file) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String said(Process process) throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        return String.valueOf(reader.readLine());
    }

    /** Takes the lock, says so, and keeps it until it is killed. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws InterruptedException {
            if (PlatformLock.take(Path.of(arguments[0])).isEmpty()) {
                System.out.println("held elsewhere");
                return;
            }
            System.out.println("taken");
            Thread.currentThread().join();
        }
    }
}
