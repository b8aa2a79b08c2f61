package io.millrace.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.embedded.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpProbeTest {

    @ParameterizedTest
    @CsvSource({"200, READY", "204, NOT_READY", "302, NOT_READY", "404, NOT_READY", "503, NOT_READY"})
    void takes200ForReadyAndNothingElse(int status, Probe.Answer answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/health", exchange -> {
            exchange.getResponseHeaders().set("Location", "/health/elsewhere");
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/health") ? status : 200, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(at(server.getAddress().getPort()).ask()).isEqualTo(answer);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void isNotReadyWhereNobodyListens() {
        assertThat(at(Ports.free()).ask()).isEqualTo(Probe.Answer.NOT_READY);
    }

    /** As of a process that is halted: the system makes the connection, and nothing follows. */
    @Test
    void callsSilentWhatTakesTheConnectionAndSaysNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(at(silent.getLocalPort()).ask()).isEqualTo(Probe.Answer.SILENT);
        }
    }

    private static HttpProbe at(int port) {
        return new HttpProbe(URI.create("http://127.0.0.1:" + port + "/health"));
    }
}
