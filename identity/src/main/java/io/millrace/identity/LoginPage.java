package io.millrace.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The form to log in by. All addresses in it are relative to it, and nothing a visitor sent is written into it. */
@RestController
class LoginPage {

    static final String STYLE = "/login.css";
    static final String ERROR = "error";

    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; "
            + "frame-ancestors 'none'; base-uri 'none'";
    private static final String REFUSED = "<p role=\"alert\">No user has this name and password.</p>";

    private final String page = read("login.html");
    private final String style = read("login.css");

    @GetMapping("/login")
    ResponseEntity<String> page(HttpServletRequest request, CsrfToken token) {
        boolean refused = request.getParameter(ERROR) != null;
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/html;charset=utf-8"))
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "same-origin") // the form's origin is checked nowhere, its token is
                .body(page.replace("{{message}}", refused ? REFUSED : "")
                        .replace("{{token}}", HtmlUtils.htmlEscape(token.getToken())));
    }

    @GetMapping(STYLE)
    ResponseEntity<String> style() {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/css;charset=utf-8"))
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
                .body(style);
    }

    private static String read(String file) {
        try (InputStream in = LoginPage.class.getResourceAsStream("/login/" + file)) {
            if (in == null) {
                throw new IllegalStateException("/login/" + file + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read /login/" + file, e);
        }
    }
}
