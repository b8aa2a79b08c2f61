package io.millrace.testing.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void acceptsWhatIsCommittedWhateverTheLineEnds() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "{\r\n}\r\n");
        assertThatCode(() -> Golden.assertMatches(file, "{\n}", false)).doesNotThrowAnyException();
    }

    @Test
    void saysHowToUpdateWhatDiffers() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "old\n");
        assertThatThrownBy(() -> Golden.assertMatches(file, "new", false))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("./mvnw test -pl platform-testing -am -Dgolden.update=true")
                .hasMessageContaining("a.json");
        assertThat(file).hasContent("old");
    }

    @Test
    void saysHowToWriteWhatIsMissing() {
        assertThatThrownBy(() -> Golden.assertMatches(folder.resolve("none.json"), "new", false))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("does not exist")
                .hasMessageContaining("-Dgolden.update=true");
    }

    @Test
    void writesTheFileWhenAsked() throws IOException {
        Path file = folder.resolve("deep").resolve("a.json");
        Golden.assertMatches(file, "new", true);
        assertThat(Files.readString(file)).isEqualTo("new\n");
    }
}
