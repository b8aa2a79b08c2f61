package io.millrace.monitoring.console.web;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Hands out the page. */
@RestController
class ConsoleController {

    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=utf-8");

    private final ConsolePage page;

    ConsoleController(ConsolePage page) {
        this.page = page;
    }

    @GetMapping("/")
    ResponseEntity<String> page() {
        return ResponseEntity.ok()
                .contentType(HTML)
                .cacheControl(CacheControl.noCache())
                .header("Content-Security-Policy", page.policy())
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("X-Content-Type-Options", "nosniff")
                .body(page.html());
    }
}
