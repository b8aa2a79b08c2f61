package io.millrace.monitoring.logs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Severities by name (source: OpenTelemetry's logs data model, each name stands for four numbers). */
public enum Level {
    /** The finest. */
    TRACE(0),
    /** For who looks for an error. */
    DEBUG(5),
    /** What happens. */
    INFO(9),
    /** Something to look at in time. */
    WARN(13),
    /** A person must act. */
    ERROR(17),
    /** The process ends. */
    FATAL(21);

    private final int least;

    Level(int least) {
        this.least = least;
    }

    /** The least severity number of the level. */
    public int least() {
        return least;
    }

    /** The level of a severity number. */
    public static Level of(int severity) {
        Level found = TRACE;
        for (Level level : values()) {
            if (severity >= level.least) {
                found = level;
            }
        }
        return found;
    }

    /** The level of a name, in whatever case. */
    public static Optional<Level> named(String text) {
        return Arrays.stream(values())
                .filter(level -> level.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
