package io.millrace.telemetry.ship;

/** Texts of unknown origin, made fit for every reader: bounded, and without what no store of text takes. */
public final class Texts {

    private static final char UNFIT = '\uFFFD';

    private Texts() {}

    /**
     * The text, cut to a length and marked by an ellipsis where it was; U+0000 and surrogates without their other half
     * become U+FFFD.
     *
     * @param max UTF-16 units, at least 1
     */
    public static String fit(String text, int max) {
        int length = Math.min(text.length(), max);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return replaced(text, i, max);
            }
        }
        return text.length() <= max ? text : text.substring(0, max - 1) + '…';
    }

    private static String replaced(String text, int from, int max) {
        boolean cut = text.length() > max;
        int length = cut ? max - 1 : text.length();
        StringBuilder fit = new StringBuilder(length + 1).append(text, 0, Math.min(from, length));
        for (int i = from; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                fit.append(c).append(text.charAt(++i));
            } else {
                fit.append(c == 0 || Character.isSurrogate(c) ? UNFIT : c);
            }
        }
        return cut ? fit.append('…').toString() : fit.toString();
    }
}
