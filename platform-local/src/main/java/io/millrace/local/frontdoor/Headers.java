package io.millrace.local.frontdoor;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Which headers go through, and which are told by the front door itself. */
final class Headers {

    /** For one connection only (RFC 9110, section 7.6.1). */
    private static final EnumSet<HttpHeader> HOP_BY_HOP = EnumSet.of(
            HttpHeader.CONNECTION,
            HttpHeader.KEEP_ALIVE,
            HttpHeader.PROXY_AUTHORIZATION,
            HttpHeader.PROXY_AUTHENTICATE,
            HttpHeader.PROXY_CONNECTION,
            HttpHeader.TE,
            HttpHeader.TRAILER,
            HttpHeader.TRANSFER_ENCODING,
            HttpHeader.UPGRADE);

    /** Replaced: this is the outermost proxy, and nobody outside says who he is. Expect is met here. */
    private static final EnumSet<HttpHeader> REPLACED = EnumSet.of(
            HttpHeader.FORWARDED,
            HttpHeader.X_FORWARDED_FOR,
            HttpHeader.X_FORWARDED_HOST,
            HttpHeader.X_FORWARDED_PROTO,
            HttpHeader.X_FORWARDED_PORT,
            HttpHeader.X_FORWARDED_SERVER,
            HttpHeader.EXPECT);

    private Headers() {}

    /** What the service is told. The client's Host stays, so that the service makes addresses clients can use. */
    static void ofRequest(Request from, HttpFields.Mutable to) {
        Set<String> named = named(from.getHeaders());
        for (HttpField field : from.getHeaders()) {
            if (!isReplaced(field) && passes(field, named)) {
                to.add(field);
            }
        }
        to.put(HttpHeader.X_FORWARDED_FOR, Request.getRemoteAddr(from));
        to.put(HttpHeader.X_FORWARDED_PROTO, from.isSecure() ? "https" : "http");
        String host = from.getHeaders().get(HttpHeader.HOST);
        if (host != null) {
            to.put(HttpHeader.X_FORWARDED_HOST, host);
        }
    }

    /** What the client is told. */
    static void ofResponse(HttpFields from, HttpFields.Mutable to) {
        Set<String> named = named(from);
        for (HttpField field : from) {
            if (passes(field, named)) {
                to.add(field);
            }
        }
    }

    private static boolean isReplaced(HttpField field) {
        HttpHeader header = field.getHeader();
        return header == null ? field.getLowerCaseName().startsWith("x-forwarded-") : REPLACED.contains(header);
    }

    private static boolean passes(HttpField field, Set<String> named) {
        HttpHeader header = field.getHeader();
        return (header == null || !HOP_BY_HOP.contains(header)) && !named.contains(field.getLowerCaseName());
    }

    /** Headers that {@code Connection} declares to be for this connection only. */
    private static Set<String> named(HttpFields fields) {
        HttpField connection = fields.getField(HttpHeader.CONNECTION);
        if (connection == null) {
            return Set.of();
        }
        Set<String> named = new TreeSet<>();
        for (String value : fields.getCSV(HttpHeader.CONNECTION, false)) {
            named.add(value.toLowerCase(Locale.ROOT));
        }
        return named;
    }
}
