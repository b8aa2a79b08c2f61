package io.millrace.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.events.Money;
import io.millrace.order.OrderApi.Answer;
import io.millrace.testing.infra.RealInfrastructure;
import io.millrace.testing.kafka.RawProducer;
import io.millrace.testing.kafka.TopicProbe;
import io.millrace.web.testing.TestIssuer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The service from outside: over HTTP and Kafka, with a real database, a provider over real HTTP and a
 * mail server over real SMTP. All who extend this
 * share one instance of it; its peers end with the JVM, as the instance does.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(RealInfrastructure.class)
abstract class OrderServiceContext {

    static final Duration SOON = Duration.ofSeconds(20);
    static final TestIssuer ISSUER = TestIssuer.start();
    static final ProviderPeer PROVIDER = ProviderPeer.start();
    static final MailPeer MAIL = MailPeer.start();
    static final Others OTHERS = new Others(RawProducer.shared());

    final String customer = ISSUER.bearer("customer", "orders:read", "orders:write");

    @Autowired
    JdbcTemplate jdbc;

    @LocalServerPort
    int port;

    OrderApi api = new OrderApi(1);

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("millrace.security.issuer", () -> TestIssuer.ISSUER);
        registry.add("millrace.security.jwks-uri", ISSUER::jwksUri);
        // whether a trace is recorded is left to chance, and a test is to see it
        registry.add("millrace.telemetry.spans.one-in", () -> "1");
        registry.add("millrace.payment.provider-url", PROVIDER::url);
        registry.add("millrace.payment.callback-url", () -> "http://127.0.0.1:1/api/callbacks/payments");
        registry.add("millrace.payment.callback-secret", () -> ProviderPeer.SECRET);
        registry.add("millrace.payment.call-timeout", () -> "300ms");
        registry.add("millrace.payment.claim-for", () -> "4s");
        registry.add("millrace.payment.first-retry", () -> "300ms");
        registry.add("millrace.notification.host", () -> "127.0.0.1");
        registry.add("millrace.notification.port", MAIL::port);
        registry.add("millrace.notification.first-retry", () -> "200ms");
        registry.add("millrace.notification.longest-retry", () -> "1s");
        registry.add("millrace.notification.longest-pause", () -> "500ms");
        // How long a request waits is not what is tested here, and this machine may be busy.
        registry.add("millrace.orders.placing-patience", () -> "20s");
        registry.add("millrace.orders.fraud-hash-key", () -> "a-key-for-this-test-only");
    }

    @BeforeEach
    void listProducts() {
        api = new OrderApi(port);
        OTHERS.list("tea", 1, new Money(450, "GBP"));
        OTHERS.list("kettle", 1, new Money(3_999, "GBP"));
        OTHERS.list("baguette", 1, new Money(120, "EUR"));
        await().atMost(SOON).until(() -> Stream.of("tea", "kettle", "baguette").allMatch(this::listed));
    }

    Answer place(String sku, int quantity, String token) {
        return api.place(customer, OrderApi.newKey(), OrderApi.body(sku, quantity, token));
    }

    Answer awaitStatus(String id, String status) {
        return await().atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> api.get(customer, id),
                        order -> order.json().path("status").asString("").equals(status));
    }

    static void assertRefused(Answer answer, int status, String code, String fields) {
        assertThat(answer.code()).as(answer.response().body()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.fields()).isEqualTo(fields);
        assertThat(answer.response().headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.json().get("type").asString()).isEqualTo("urn:millrace:problem:" + code);
    }

    boolean listed(String sku) {
        return count("select count(*) from prices where listed and sku = '%s'".formatted(sku)) == 1;
    }

    /** How much there is of whatever an order leaves behind. */
    List<Long> stored() {
        return Stream.of("orders", "order_contents", "idempotency_keys")
                .map(table -> count("select count(*) from " + table))
                .toList();
    }

    long orders() {
        return count("select count(*) from orders");
    }

    long count(String query) {
        Long count = jdbc.queryForObject(query, Long.class);
        return count == null ? 0 : count;
    }

    static boolean isAbout(ConsumerRecord<byte[], byte[]> record, String orderId) {
        return TopicProbe.header(record, "ce_subject").filter(orderId::equals).isPresent();
    }
}
