package io.millrace.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.recommendation.ShopApi.Answer;
import io.millrace.web.testing.TestIssuer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service while no broker answers. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "millrace.recommendation.streams.state-directory=target/streams-without-broker")
class WithoutBrokerIT {

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("millrace.security.issuer", () -> TestIssuer.ISSUER);
        registry.add("spring.kafka.bootstrap-servers", () -> "127.0.0.1:1");
    }

    @Test
    void saysInTimeThatClicksAreNotKept() {
        ShopApi shop = new ShopApi(port, "203.0.113.1");
        shop.get("/api/recommendations"); // the first request of all is slower

        long begun = System.nanoTime();
        Answer answer = shop.report(IntStream.range(0, 20)
                .mapToObj(i -> ShopApi.viewed("v" + i, "A"))
                .toList());

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("code")).isEqualTo("clicks-unavailable");
        assertThat(answer.retryAfter()).contains("1");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void answersWithWhatThereIs() {
        ShopApi shop = new ShopApi(port, "203.0.113.1");

        for (Answer answer : List.of(shop.recommendations("v1", 10), shop.similar("A", 10))) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.skus()).isEmpty();
            assertThat(answer.text("strategy")).isEqualTo("none");
            assertThat(answer.json().path("degraded").asBoolean()).isTrue();
        }
    }

    @Test
    void isAliveAndNotReady() {
        ShopApi management = new ShopApi(managementPort, "127.0.0.1");

        assertThat(management.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(management.get("/actuator/health/readiness").status()).isEqualTo(503);
        assertThat(management.get("/actuator/health/consuming").status()).isEqualTo(503);
    }
}
