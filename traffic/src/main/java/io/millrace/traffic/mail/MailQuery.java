package io.millrace.traffic.mail;

import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.util.Fields;

/**
 * Which mails are wanted.
 *
 * @param to part of a recipient's address, in lower case; empty for all
 * @param text part of the subject or {@code Message-ID}, in lower case; empty for all
 * @param limit how many at most, 1 to {@value #MOST}
 * @param before the cursor: mails that came first before this number
 */
record MailQuery(String to, String text, int limit, long before) {

    static final int MOST = 200;
    private static final int USUAL = 50;
    private static final int LONGEST = 200;

    /** @throws IllegalArgumentException when a parameter is out of range, saying so to a person */
    static MailQuery of(Fields query) {
        int limit = (int) number(query, "limit", USUAL);
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit must lie within 1 and " + MOST);
        }
        return new MailQuery(word(query, "to"), word(query, "text"), limit, number(query, "cursor", Long.MAX_VALUE));
    }

    private static String word(Fields query, String name) {
        String value = query.getValue(name);
        if (value == null) {
            return "";
        }
        if (value.length() > LONGEST) {
            throw new IllegalArgumentException(name + " has at most " + LONGEST + " characters");
        }
        return value.strip().toLowerCase(Locale.ROOT);
    }

    private static long number(Fields query, String name, long usual) {
        String value = query.getValue(name);
        if (value == null || value.isBlank()) {
            return usual;
        }
        if (!value.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException(name + " must be a whole number");
        }
        return Long.parseLong(value);
    }

    /** What is wanted, and one more when there is: it tells that there is a next page. */
    List<CaughtMail> oneMore(MailFolder folder) {
        return folder.list(this::wants, before, limit + 1);
    }

    private boolean wants(CaughtMail mail) {
        boolean recipient = to.isEmpty()
                || mail.to().stream()
                        .anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(to));
        return recipient
                && (text.isEmpty()
                        || mail.subject().toLowerCase(Locale.ROOT).contains(text)
                        || mail.messageId().toLowerCase(Locale.ROOT).contains(text));
    }
}
