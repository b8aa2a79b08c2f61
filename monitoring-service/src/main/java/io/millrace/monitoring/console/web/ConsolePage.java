package io.millrace.monitoring.console.web;

import io.millrace.web.security.SecurityProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * The one page, made once at the start, and the policy that browsers enforce on it: scripts, styles and connections of its
 * own origin only, plus the issuer when that is elsewhere. The import map is the one script written into the page, as
 * browsers load none from a file; the policy names it by its hash.
 */
@Component
final class ConsolePage {

    private static final String FILE = "/console/index.html";

    private final String html;
    private final String policy;

    ConsolePage(SecurityProperties security, ConsoleProperties console) {
        String imports = ImportMap.ofClassPath();
        this.html = filled(Map.of(
                "{{imports}}", imports,
                "{{issuer}}", HtmlUtils.htmlEscape(security.issuer()),
                "{{client}}", HtmlUtils.htmlEscape(console.clientId())));
        String hash = Base64.getEncoder().encodeToString(ConsoleFiles.sha256(imports.getBytes(StandardCharsets.UTF_8)));
        this.policy = String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self' 'sha256-" + hash + "'",
                "style-src 'self'",
                "connect-src 'self' " + origin(security.issuer()),
                "img-src 'self' data:",
                "frame-ancestors 'none'",
                "base-uri 'none'",
                "form-action 'none'",
                // no script can turn text into markup, except the template library from the templates in the modules;
                // the
                // default, made by chart.js, lets an element be emptied
                "require-trusted-types-for 'script'",
                "trusted-types lit-html default");
    }

    String html() {
        return html;
    }

    String policy() {
        return policy;
    }

    private static String origin(String issuer) {
        URI address = URI.create(issuer);
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    private static String filled(Map<String, String> values) {
        try (InputStream in = ConsolePage.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            String page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : values.entrySet()) {
                page = page.replace(value.getKey(), value.getValue());
            }
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + FILE, e);
        }
    }
}
