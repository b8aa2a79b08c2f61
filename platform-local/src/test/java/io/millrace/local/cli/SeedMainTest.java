package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a front door behind which a shop has a catalogue of its own. */
class SeedMainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final AtomicInteger identityRefuses = new AtomicInteger();
    private HttpServer door;

    @BeforeEach
    void open() throws IOException {
        door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/identity/oauth2/token", "{\"access_token\":\"abc\"}", 200);
        answer("/api/products", "{\"items\":[{\"sku\":\"MY-OWN\"}]}", 200);
        answer("/api/inventory/receipts", "{}", 422);
        door.start();
    }

    @AfterEach
    void close() {
        door.stop(0);
    }

    @Test
    void saysWhereTheShopIsAndHowToOrderOnOneLine() {
        assertThat(seed(environment())).isZero();
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines)
                .contains(
                        "the catalogue is your own: nothing added",
                        "Millrace runs at http://localhost:8080",
                        "The shop's pulse is shown at http://localhost:8080/ to operator, password demo",
                        "A token of one: show-token USER");
        assertThat(lines.getLast())
                .startsWith("curl -sS -i -X POST http://localhost:8080/api/orders -H \"Authorization: Bearer"
                        + " $(show-token customer)\" -H ")
                .endsWith("}'");
        assertThat(errors.size()).isZero();
    }

    @Test
    void saysThePasswordThatIsSet() {
        Map<String, String> environment = environment();
        environment.put("MILLRACE_IDENTITY_DEMOPASSWORD", "open sesame");
        assertThat(seed(environment)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("to operator, password open sesame\n");
    }

    @Test
    void waitsForIdentity() {
        identityRefuses.set(2);
        assertThat(seed(environment())).isZero();
        assertThat(identityRefuses).hasNegativeValue();
    }

    @Test
    void tellsWhyTheShopCanNotBeFilled() {
        identityRefuses.set(Integer.MAX_VALUE);
        assertThat(SeedMain.run(environment(), stream(out), stream(errors), Duration.ZERO))
                .isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("identity gives no token to operator: HTTP 503");
        assertThat(out.size()).isZero();
    }

    @Test
    void namesEverySettingThatIsMissing() {
        Map<String, String> environment = environment();
        environment.remove("MILLRACE_SEED_URL");
        environment.put("MILLRACE_IDENTITY_DEMOSECRET", " ");
        assertThat(seed(environment)).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .startsWith("must be set: MILLRACE_SEED_URL, MILLRACE_IDENTITY_DEMOSECRET");
    }

    private int seed(Map<String, String> environment) {
        return SeedMain.run(environment, stream(out), stream(errors), Duration.ofSeconds(30));
    }

    private Map<String, String> environment() {
        return new HashMap<>(Map.of(
                "MILLRACE_SEED_FRONTDOOR",
                        "http://127.0.0.1:" + door.getAddress().getPort(),
                "MILLRACE_SEED_URL", "http://localhost:8080",
                "MILLRACE_SEED_TOKEN", "show-token",
                "MILLRACE_IDENTITY_DEMOSECRET", "s3cret"));
    }

    private void answer(String path, String body, int status) {
        door.createContext(path, exchange -> {
            exchange.getRequestBody().readAllBytes();
            boolean refused = path.startsWith("/identity") && identityRefuses.getAndDecrement() > 0;
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(refused ? 503 : status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
