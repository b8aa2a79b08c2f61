package io.millrace.local.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size in bytes, written as people do: {@code 10GiB}, {@code 64MiB}, {@code 512KiB}, {@code 1000}.
 *
 * @param bytes not negative
 */
public record ByteSize(long bytes) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(|KiB|MiB|GiB|TiB)", Pattern.CASE_INSENSITIVE);
    private static final long STEP = 1024;

    /** Refuses a negative size. */
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size can't be negative, was " + bytes);
        }
    }

    /** A size in units of 1024 * 1024 bytes. */
    public static ByteSize mebibytes(long mebibytes) {
        return new ByteSize(mebibytes * STEP * STEP);
    }

    /**
     * Reads a size.
     *
     * @throws IllegalArgumentException when it has another form
     */
    public static ByteSize parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a size such as 10GiB or 64MiB, was " + text);
        }
        long unit = switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
            case "kib" -> STEP;
            case "mib" -> STEP * STEP;
            case "gib" -> STEP * STEP * STEP;
            case "tib" -> STEP * STEP * STEP * STEP;
            case String _ -> 1L;
        };
        long number = Long.parseLong(matcher.group(1));
        if (number > Long.MAX_VALUE / unit) {
            throw new IllegalArgumentException("must be less than 8388608TiB, was " + text);
        }
        return new ByteSize(number * unit);
    }

    /** The size in whole units of 1024 * 1024 bytes, rounded down. */
    public long toMebibytes() {
        return bytes / (STEP * STEP);
    }

    /** For people: {@code 1.5 GiB}, {@code 64 MiB}, {@code 3 KiB}. */
    @Override
    public String toString() {
        if (bytes >= STEP * STEP * STEP) {
            return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (STEP * STEP * STEP));
        }
        return bytes >= STEP * STEP ? toMebibytes() + " MiB" : bytes / STEP + " KiB";
    }
}
