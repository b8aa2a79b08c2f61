package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

    @TempDir
    Path home;

    @Test
    void isTheOneThisClassLiesIn() {
        Installation current = Installation.current();
        assertThat(current.script()).isRegularFile().isExecutable();
        assertThat(current.home().resolve("platform-local/pom.xml")).isRegularFile();
    }

    @Test
    void hasTheNewestMainJarOfAModule() throws IOException {
        Installation installation = new Installation(home);
        assertThatThrownBy(() -> installation.jar("order-service"))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("order-service has not been built");
        jar("order-service-0.1.0.jar", 1_000);
        Path newer = jar("order-service-0.2.0.jar", 2_000);
        jar("order-service-0.2.0-tests.jar", 3_000);
        jar("order-service-0.2.0-sources.jar", 3_000);
        jar("order-service-0.2.0-javadoc.jar", 3_000);
        jar("order-service-0.2.0.jar.original", 3_000);
        assertThat(installation.jar("order-service")).isEqualTo(newer);
    }

    @Test
    void hasAnAbsoluteHome() {
        assertThat(new Installation(Path.of("a/../b")).home())
                .isEqualTo(Path.of("b").toAbsolutePath());
    }

    private Path jar(String name, long modified) throws IOException {
        Path target = Files.createDirectories(home.resolve("order-service/target"));
        Path jar = Files.createFile(target.resolve(name));
        return Files.setLastModifiedTime(jar, FileTime.fromMillis(modified));
    }
}
