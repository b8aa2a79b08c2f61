package io.millrace.monitoring.logs;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in the order of logs, which is by time and then by id; microseconds, as the database keeps them. */
public record LogPosition(Instant time, long id) {

    private static final Pattern TEXT = Pattern.compile("(-?[0-9]{1,17}):([0-9]{1,18})");

    /** As a cursor holds it. */
    public String text() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time) + ":" + id;
    }

    /** Reads it back; empty when the text is none of ours. */
    public static Optional<LogPosition> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LogPosition(
                    Instant.EPOCH.plus(Long.parseLong(matcher.group(1)), ChronoUnit.MICROS),
                    Long.parseLong(matcher.group(2))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
