package io.millrace.identity;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says that the issuer serves: it needs nothing beyond itself. */
@RestController
class ReadyController {

    @GetMapping("/ready")
    Map<String, String> ready() {
        return Map.of("status", "UP");
    }
}
