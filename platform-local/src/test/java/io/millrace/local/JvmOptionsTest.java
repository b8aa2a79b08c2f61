package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.settings.EnvFile;
import io.millrace.local.settings.Settings;
import io.millrace.local.settings.SettingsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JvmOptionsTest {

    @ParameterizedTest
    @CsvSource({"kafka, 256", "outside, 128", "order-service, 192", "something-new, 160"})
    void giveEveryProcessAHeap(String process, int mebibytes) {
        assertThat(options(Map.of()).heapMebibytes(process)).isEqualTo(mebibytes);
    }

    @Test
    void takeTheHeapThatIsSet() {
        JvmOptions options = options(Map.of("MILLRACE_HEAP_ORDER_SERVICE", "1GiB", "MILLRACE_HEAP_KAFKA", "32MiB"));
        assertThat(options.heapMebibytes("order-service")).isEqualTo(1024);
        assertThat(options.heapMebibytes("kafka")).isEqualTo(32);
        assertThat(options.heapMebibytes("outside")).isEqualTo(128);
        assertThat(options.of("order-service-2", "order-service", Path.of("logs")))
                .contains("-Xmx1024m", "-Dmillrace.process=order-service-2")
                .doesNotContain("-Xmx192m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "31MiB", "100KiB", "2147483648MiB", "4194304TiB", "192"})
    void refuseAHeapNoJvmStartsWith(String heap) {
        JvmOptions options = options(Map.of("MILLRACE_HEAP_KAFKA", heap));
        assertThatThrownBy(() -> options.heapMebibytes("kafka"))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("MILLRACE_HEAP_KAFKA must be ");
    }

    @Test
    void addWhatIsSetForAllAndForOne() {
        JvmOptions options = options(Map.of(
                "MILLRACE_JVM_OPTIONS",
                "  -Da=1   -Db=2 ",
                "MILLRACE_JVM_OPTIONS_KAFKA",
                "-Dc=3",
                "MILLRACE_JVM_OPTIONS_X",
                "-Dx=4"));
        assertThat(options.added("kafka")).containsExactly("-XX:TieredStopAtLevel=4", "-Da=1", "-Db=2", "-Dc=3");
        assertThat(options.added("outside")).containsExactly("-XX:TieredStopAtLevel=1", "-Da=1", "-Db=2");
        assertThat(options.of("outside", "outside", Path.of("logs"))).endsWith("-Da=1", "-Db=2"); // last: they win
    }

    @Test
    void writeCrashesBesideTheLogs() {
        assertThat(options(Map.of()).of("fraud-service-2", "fraud-service", Path.of("/var/logs")))
                .contains("-XX:ErrorFile=/var/logs/fraud-service-2.crash.%p.log");
    }

    private static JvmOptions options(Map<String, String> file) {
        return new JvmOptions(Settings.of(Path.of("/opt/millrace"), new EnvFile(file, List.of()), Map.of()));
    }
}
