package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.millrace.embedded.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoTokensTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String answer = "{\"access_token\" : \"abc.def\", \"token_type\":\"Bearer\"}";
    private HttpServer identity;

    @BeforeEach
    void open() throws IOException {
        identity = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        identity.createContext("/token", exchange -> {
            asked.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        identity.start();
    }

    @AfterEach
    void close() {
        identity.stop(0);
    }

    @Test
    void areAskedForWithTheUsersNameAndTheCommonSecret() {
        assertThat(tokens().of("customer")).isEqualTo("abc.def");
        String credentials = Base64.getEncoder().encodeToString("customer:s3cret".getBytes(StandardCharsets.US_ASCII));
        assertThat(asked).containsExactly("POST Basic " + credentials + " grant_type=client_credentials");
    }

    @Test
    void areForUsersWhoExist() {
        assertThatThrownBy(() -> tokens().of("mallory"))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("mallory")
                .hasMessageContaining("customer, customer2, operator");
        assertThat(asked).isEmpty();
    }

    @Test
    void sayWhyThereIsNone() {
        status = 401;
        assertThatThrownBy(() -> tokens().of("shop")).hasMessageContaining("HTTP 401");
        status = 200;
        answer = "{}";
        assertThatThrownBy(() -> tokens().of("shop")).hasMessageContaining("no access_token");
        assertThatThrownBy(() -> new DemoTokens(URI.create("http://127.0.0.1:" + Ports.free()), "x").of("shop"))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("identity does not answer");
    }

    private DemoTokens tokens() {
        return new DemoTokens(
                URI.create("http://127.0.0.1:" + identity.getAddress().getPort() + "/token"), "s3cret");
    }
}
