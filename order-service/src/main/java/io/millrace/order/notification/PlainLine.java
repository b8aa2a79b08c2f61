package io.millrace.order.notification;

/** Foreign text as one line of a mail: whatever a customer or a catalogue says, it can't begin a line or a header of its own. */
final class PlainLine {

    private PlainLine() {}

    /**
     * The text on one line. Control characters, U+0000 and line ends among them, become blanks; halves of surrogate pairs and
     * marks that turn the direction of the text around are left out.
     *
     * @param most code points at most; a longer text ends in an ellipsis
     */
    static String of(String text, int most) {
        StringBuilder line = new StringBuilder();
        int kept = 0;
        for (int i = 0; i < text.length() && kept <= most; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isSpace(c)) {
                if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                    line.append(' ');
                    kept++;
                }
            } else if (!isDropped(c)) {
                line.appendCodePoint(c);
                kept++;
            }
        }
        String trimmed = line.toString().strip();
        int length = trimmed.codePointCount(0, trimmed.length());
        return length <= most ? trimmed : trimmed.substring(0, trimmed.offsetByCodePoints(0, most - 1)) + "\u2026";
    }

    private static boolean isSpace(int c) {
        return Character.isISOControl(c) || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isDropped(int c) {
        boolean turnsAround =
                (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
        int type = Character.getType(c);
        return turnsAround || type == Character.SURROGATE || type == Character.UNASSIGNED || c == 0xFEFF;
    }
}
