package io.millrace.monitoring.telemetry;

/** Bounds texts that others wrote. */
public final class Texts {

    private Texts() {}

    /**
     * The text, or its beginning with a mark that says how long it was.
     *
     * @param most characters to keep, at least 1; the mark comes on top
     */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "... [cut: %d characters in all]".formatted(text.length());
    }
}
