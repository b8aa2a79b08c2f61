package io.millrace.local.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {

    @TempDir
    Path folder;

    @Test
    void readsOneSettingALine() {
        EnvFile file = parse("""
                # a comment = not a setting
                MILLRACE_PORT=9000

                  MILLRACE_BIND = 127.0.0.2\s\s
                #MILLRACE_DATA=elsewhere
                EMPTY=
                OPTIONS=-Da=b -Dc=d # not a comment
                """);
        assertThat(file.problems()).isEmpty();
        assertThat(file.values())
                .containsExactly(
                        entry("MILLRACE_PORT", "9000"),
                        entry("MILLRACE_BIND", "127.0.0.2"),
                        entry("EMPTY", ""),
                        entry("OPTIONS", "-Da=b -Dc=d # not a comment"));
    }

    @Test
    void takesQuotesOffAndExpandsNothing() {
        assertThat(parse("""
                A=" with blanks "
                B='single $HOME'
                C="it's"
                D="
                E="half
                F=mid"dle"
                G=${HOME}/$USER
                """).values())
                .containsExactly(
                        entry("A", " with blanks "),
                        entry("B", "single $HOME"),
                        entry("C", "it's"),
                        entry("D", "\""),
                        entry("E", "\"half"),
                        entry("F", "mid\"dle\""),
                        entry("G", "${HOME}/$USER"));
    }

    @Test
    void countsTheLastOfSeveralValues() {
        assertThat(parse("A=1\nB=2\nA=3").values()).containsOnly(entry("A", "3"), entry("B", "2"));
    }

    @Test
    void namesEveryLineThatIsNeitherSettingNorComment() {
        EnvFile file = parse("""
                MILLRACE_PORT 9000
                A=1
                =2
                1A=3
                export B=4
                a-b=5
                """);
        assertThat(file.values()).containsExactly(entry("A", "1"));
        assertThat(file.problems())
                .containsExactly(
                        "some.env, line 1: must be NAME=VALUE or a comment, was MILLRACE_PORT 9000",
                        "some.env, line 3: must be NAME=VALUE or a comment, was =2",
                        "some.env, line 4: must be NAME=VALUE or a comment, was 1A=3",
                        "some.env, line 5: must be NAME=VALUE or a comment, was export B=4",
                        "some.env, line 6: must be NAME=VALUE or a comment, was a-b=5");
    }

    @Test
    void readsLinesHoweverTheyEnd() throws Exception {
        Path file = Files.writeString(folder.resolve("some.env"), "A=1\r\nB=ü\rC=3\n");
        assertThat(EnvFile.read(file).values()).containsExactly(entry("A", "1"), entry("B", "ü"), entry("C", "3"));
    }

    @Test
    void setsNothingWhereThereIsNoFile() {
        EnvFile none = EnvFile.read(folder.resolve("none.env"));
        assertThat(none.values()).isEmpty();
        assertThat(none.problems()).isEmpty();
    }

    @Test
    void saysWhyAFileCannotBeRead() throws Exception {
        Path latin = Files.write(folder.resolve("latin.env"), new byte[] {'A', '=', (byte) 0xfc, '\n'});
        assertThatThrownBy(() -> EnvFile.read(latin))
                .isInstanceOf(SettingsException.class)
                .hasMessage(latin + " must be UTF-8");
        assertThatThrownBy(() -> EnvFile.read(folder))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("can't read " + folder);
    }

    private static EnvFile parse(String text) {
        return EnvFile.parse("some.env", text.lines().toList());
    }
}
