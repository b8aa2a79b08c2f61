package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @Test
    void startsAsConfiguredAndWithTrafficWhenNothingElseIsSaid() {
        assertThat(parse("up")).isEqualTo(new Command.Up(Optional.empty(), Optional.empty(), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up --no-traffic --port 9000 --bind 127.0.0.2",
                "up --bind=127.0.0.2 --port=9000 --no-traffic",
                "up --port 8000 --bind 127.0.0.2 --no-traffic --port 9000"
            })
    void readsTheOptionsOfUpInAnyOrderAndSpelling(String line) {
        assertThat(parse(line)).isEqualTo(new Command.Up(Optional.of(9000), Optional.of("127.0.0.2"), false));
    }

    @Test
    void readsCommandsWithoutOptions() {
        assertThat(parse("down")).isEqualTo(new Command.Down());
        assertThat(parse("status")).isEqualTo(new Command.Status());
        assertThat(parse("token customer2")).isEqualTo(new Command.Token("customer2"));
    }

    @Test
    void asksBeforeDeletingUnlessTold() {
        assertThat(parse("reset")).isEqualTo(new Command.Reset(false));
        assertThat(parse("reset --yes")).isEqualTo(new Command.Reset(true));
    }

    @ParameterizedTest
    @CsvSource({
        "logs kafka, kafka, false, 200",
        "logs kafka -f, kafka, true, 200",
        "logs --follow kafka, kafka, true, 200",
        "logs -n 5 kafka -f, kafka, true, 5",
        "logs kafka --lines 0, kafka, false, 0",
        "logs kafka --lines=1000000, kafka, false, 1000000"
    })
    void readsWhichLogIsShownAndHow(String line, String name, boolean follow, int lines) {
        assertThat(parse(line)).isEqualTo(new Command.Logs(name, follow, lines));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            up --fast                 | up does not know --fast
            up now                    | up does not know now
            up --no-traffic=no        | up does not know no
            up --help                 | up does not know --help
            up --port                 | --port needs a value
            up --port=                | --port needs a value
            up --port x               | --port must be a port from 1 to 65535, was x
            up --port 0               | --port must be a port from 1 to 65535, was 0
            up --port 65536           | --port must be a port from 1 to 65535, was 65536
            up --port 99999999999     | --port must be a port from 1 to 65535, was 99999999999
            up --bind                 | --bind needs a value
            up --bind=                | --bind needs a value
            down --yes                | down does not know --yes
            down kafka                | down does not know kafka
            status -v                 | status does not know -v
            logs                      | logs needs the NAME of a process
            logs -f                   | logs needs the NAME of a process
            logs kafka postgres       | logs does not know postgres
            logs kafka --tail         | logs does not know --tail
            logs kafka -n             | -n needs a value
            logs kafka -n few         | -n must be a number of lines up to 1000000, was few
            logs kafka --lines -1     | --lines must be a number of lines up to 1000000, was -1
            logs kafka -n 1000001     | -n must be a number of lines up to 1000000, was 1000001
            token                     | token needs a USER
            token --all               | token does not know --all
            token customer customer2  | token does not know customer2
            reset --force             | reset does not know --force
            reset data                | reset does not know data
            check smoke               | no such command: check
            Up                        | no such command: Up
            --help                    | no such command: --help""")
    void saysWhatItDoesNotUnderstand(String line, String problem) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(UsageException.class).hasMessage(problem);
    }

    @Test
    void needsACommand() {
        assertThatThrownBy(() -> CommandLine.parse(List.of()))
                .isInstanceOf(UsageException.class)
                .hasMessage("a command is needed");
    }

    private static Command parse(String line) {
        return CommandLine.parse(List.of(line.split(" ", -1)));
    }
}
