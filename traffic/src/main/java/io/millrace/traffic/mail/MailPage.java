package io.millrace.traffic.mail;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * The page. No script, no picture, nothing from elsewhere; whatever a mail says is shown as text, also what looks like a
 * page. {@link #POLICY} has the browser see to it.
 */
final class MailPage {

    private static final String STYLE = """
            :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
            body { margin: 0 auto; max-width: 70rem; padding: 1rem; }
            h1 { font-size: 1.4rem; } h1 a { color: inherit; text-decoration: none; }
            form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin: 1rem 0; }
            label { display: grid; } input, button { font: inherit; padding: .3rem .5rem; }
            table { border-collapse: collapse; width: 100%; }
            th, td { text-align: left; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid #8886; vertical-align: top; }
            td { overflow-wrap: anywhere; } dt { font-weight: 600; } dd { margin: 0 0 .5rem; overflow-wrap: anywhere; }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #8886; padding: 1rem; }
            .times { color: #b45309; font-weight: 600; }
            """;

    /** Allows the page's own style and its own form, and nothing else. */
    static final String POLICY = "default-src 'none'; style-src 'sha256-" + hash(STYLE)
            + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private MailPage() {}

    /** @param found one more than the query's limit when there is a next page */
    static String list(MailQuery query, List<CaughtMail> found, int kept) {
        boolean more = found.size() > query.limit();
        List<CaughtMail> shown = more ? found.subList(0, query.limit()) : found;
        StringBuilder page = begin("Mail");
        page.append("<form action=\"/mail\" role=\"search\"><label>Recipient <input name=\"to\" value=\"")
                .append(escaped(query.to()))
                .append("\"></label><label>Order id or subject <input name=\"text\" size=\"40\" value=\"")
                .append(escaped(query.text()))
                .append("\"></label><button>Search</button></form><p>")
                .append(kept)
                .append(" mails are kept, newest first.</p>");
        if (shown.isEmpty()) {
            return end(page.append("<p>None found.</p>"));
        }
        page.append("<table><thead><tr><th>Received<th>To<th>Subject<th>Came</tr></thead><tbody>");
        for (CaughtMail mail : shown) {
            page.append("<tr><td>")
                    .append(escaped(mail.receivedAt().toString()))
                    .append("<td>")
                    .append(escaped(String.join(", ", mail.to())))
                    .append("<td><a href=\"/mail?id=")
                    .append(encoded(mail.id()))
                    .append("\">")
                    .append(escaped(mail.subject().isBlank() ? "(no subject)" : mail.subject()))
                    .append("</a><td>")
                    .append(times(mail))
                    .append("</tr>");
        }
        page.append("</tbody></table>");
        if (more) {
            page.append("<p><a rel=\"next\" href=\"/mail?to=")
                    .append(encoded(query.to()))
                    .append("&amp;text=")
                    .append(encoded(query.text()))
                    .append("&amp;limit=")
                    .append(query.limit())
                    .append("&amp;cursor=")
                    .append(shown.getLast().number())
                    .append("\">Older</a></p>");
        }
        return end(page);
    }

    static String show(CaughtMail mail, MailContent content) {
        StringBuilder page = begin(mail.subject().isBlank() ? "Mail" : mail.subject());
        page.append("<dl>");
        item(page, "Subject", escaped(mail.subject()));
        item(page, "To", escaped(String.join(", ", mail.to())));
        item(page, "From", escaped(mail.from()));
        item(page, "Message-ID", escaped(mail.messageId()));
        item(page, "Received", escaped(mail.receivedAt().toString()));
        item(page, "Came", times(mail));
        page.append("</dl><h2>Text</h2><pre>")
                .append(escaped(content.text()))
                .append("</pre><h2>Headers</h2><pre>")
                .append(escaped(content.headers()))
                .append("</pre>");
        return end(page);
    }

    static String missing() {
        return end(begin("Mail").append("<p>There is no mail of this id, or it is not kept any more.</p>"));
    }

    private static String times(CaughtMail mail) {
        if (mail.copies() == 1) {
            return "once";
        }
        String differing = mail.differing() == 0 ? "" : ", " + mail.differing() + " differing";
        return "<span class=\"times\">" + mail.copies() + " times" + differing + "</span>, last "
                + escaped(mail.lastReceivedAt().toString());
    }

    private static void item(StringBuilder page, String name, String html) {
        page.append("<dt>").append(name).append("</dt><dd>").append(html).append("</dd>");
    }

    private static StringBuilder begin(String title) {
        return new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(escaped(title))
                .append("</title><meta name=\"viewport\" content=\"width=device-width\"><style>")
                .append(STYLE)
                .append("</style></head><body><h1><a href=\"/mail\">Caught mail</a></h1>");
    }

    private static String end(StringBuilder page) {
        return page.append("</body></html>").toString();
    }

    /** As text, inside an element or a quoted attribute. Control characters, which HTML forbids, become visible. */
    static String escaped(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                case '\n', '\r', '\t' -> html.append(c);
                default -> html.append(Character.isISOControl(c) ? '\uFFFD' : c);
            }
        }
        return html.toString();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String hash(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
