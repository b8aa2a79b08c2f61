package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.web.app.Shop;
import io.millrace.web.route.Route;
import io.millrace.web.route.RouteRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How a service begins and ends. */
class LifecycleTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Unruled {

        @Bean
        RouteRules routes() {
            return RouteRules.of(Route.get("/known").open());
        }

        @RestController
        static class Forgotten {

            @GetMapping({"/known", "/forgotten/{id}"})
            Map<String, String> get() {
                return Map.of();
            }

            @RequestMapping("/any")
            Map<String, String> any() {
                return Map.of();
            }
        }
    }

    @Test
    void doesNotStartWithAHandlerThatNoRouteNames() {
        SpringApplication application = new SpringApplication(Unruled.class, Unruled.Forgotten.class);

        assertThatThrownBy(() -> application.run("--server.port=0"))
                .hasMessageContaining("GET /forgotten/{id}")
                .hasMessageContaining("any")
                .hasMessageNotContaining("/known");
    }

    @Test
    void callsItselfUnreadyAndGoesOnServingBeforeItEnds() {
        ConfigurableApplicationContext service = Shop.run(Shop.ISSUER, "--millrace.web.drain=1500ms");
        URI management = URI.create("http://127.0.0.1:"
                + service.getEnvironment().getProperty("local.management.port") + "/actuator/health/readiness");
        URI list = Shop.at(service, "/list");
        assertThat(Shop.send(HttpRequest.newBuilder(management)).statusCode()).isEqualTo(200);
        assertThat(Shop.send(HttpRequest.newBuilder(list)).headers().firstValue("Connection"))
                .isEmpty();

        CompletableFuture<Void> ending = CompletableFuture.runAsync(service::close);
        await().pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
            assertThat(Shop.send(HttpRequest.newBuilder(management)).statusCode())
                    .isEqualTo(503);
            HttpResponse<String> served = Shop.send(HttpRequest.newBuilder(list));
            assertThat(served.statusCode()).isEqualTo(200);
            assertThat(served.headers().firstValue("Connection")).contains("close");
        });

        assertThat(ending).succeedsWithin(Duration.ofSeconds(10));
        assertThatThrownBy(() -> Shop.send(HttpRequest.newBuilder(list))).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void finishesRequestsUnderWayBeforeItEnds() {
        ConfigurableApplicationContext service = Shop.run(Shop.ISSUER, "--millrace.web.database-deadline=700ms");
        URI slow = Shop.at(service, "/failures/slow");
        CompletableFuture<HttpResponse<String>> underWay =
                CompletableFuture.supplyAsync(() -> Shop.send(HttpRequest.newBuilder(slow)));
        await().until(() -> service.getBean(AtomicInteger.class).get() == 1);

        service.close();

        assertThat(underWay)
                .succeedsWithin(Duration.ofSeconds(5))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(503));
    }

    @Test
    void answers408ToABodyThatDoesNotArrive() throws IOException {
        try (ConfigurableApplicationContext service =
                        Shop.run(Shop.ISSUER, "--server.tomcat.connection-timeout=300ms");
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), Shop.at(service, "/").getPort())) {
            String head =
                    "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n"
                            + "Authorization: " + Shop.ISSUER.bearer("customer", "orders:write")
                            + "\r\nIdempotency-Key: k\r\n\r\n{\"lines\":[";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 408").contains("body-timeout", "Connection: close");
        }
    }

    @Test
    void answers400ToABodyThatEndsEarly() throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), Shop.at("/").getPort())) {
            String head =
                    "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n"
                            + "Authorization: " + Shop.ISSUER.bearer("customer", "orders:write")
                            + "\r\nIdempotency-Key: k\r\n\r\n{\"lines\":[";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 400").contains("body-incomplete");
        }
    }
}
