package io.millrace.monitoring.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the text format of PostgreSQL's COPY (source: its documentation of COPY, "Text Format"). What can't stand in a
 * PostgreSQL text, U+0000, is replaced by U+FFFD, so that no text whatsoever breaks a batch.
 */
final class CopyText {

    private static final String NULL = "\\N";

    private final StringBuilder rows = new StringBuilder(64 * 1024);
    private boolean inRow;

    CopyText text(@Nullable String value) {
        next();
        if (value == null) {
            rows.append(NULL);
            return this;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> rows.append("\\\\");
                case '\n' -> rows.append("\\n");
                case '\r' -> rows.append("\\r");
                case '\t' -> rows.append("\\t");
                case '\0' -> rows.append('\uFFFD');
                default -> rows.append(c);
            }
        }
        return this;
    }

    CopyText number(long value) {
        next();
        rows.append(value);
        return this;
    }

    CopyText number(@Nullable Long value) {
        next();
        if (value == null) {
            rows.append(NULL);
        } else {
            rows.append(value.longValue());
        }
        return this;
    }

    CopyText decimal(double value) {
        next();
        rows.append(value);
        return this;
    }

    CopyText truth(boolean value) {
        next();
        rows.append(value ? 't' : 'f');
        return this;
    }

    CopyText time(Instant value) {
        next();
        rows.append(value);
        return this;
    }

    CopyText uuid(@Nullable UUID value) {
        next();
        if (value == null) {
            rows.append(NULL);
        } else {
            rows.append(value);
        }
        return this;
    }

    void endRow() {
        rows.append('\n');
        inRow = false;
    }

    /** Characters of the rows gathered. */
    int length() {
        return rows.length();
    }

    /** The rows gathered, which are then no longer here. */
    byte[] take() {
        byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
        rows.setLength(0);
        return bytes;
    }

    private void next() {
        if (inRow) {
            rows.append('\t');
        }
        inRow = true;
    }
}
