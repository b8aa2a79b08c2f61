package io.millrace.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.embedded.DatabaseAccess;
import io.millrace.embedded.KafkaServer;
import io.millrace.embedded.PostgresServer;
import io.millrace.embedded.PostgresSettings;
import io.millrace.events.Money;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.fraud.FraudOutcome;
import io.millrace.messaging.outbox.Outbox;
import io.millrace.order.OrderApi.Answer;
import io.millrace.testing.infra.OwnBroker;
import io.millrace.testing.kafka.RawProducer;
import io.millrace.testing.kafka.TopicProbe;
import io.millrace.web.testing.TestIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service while time runs out, too much comes in, or its database or broker is away: both are its own here. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "millrace.orders.deadlines.order=3s",
            "millrace.orders.max-undecided=60",
            "millrace.outbox.bound=100",
            "spring.datasource.hikari.data-source-properties.socketTimeout=5",
            "millrace.payment.call-timeout=300ms",
            "millrace.payment.claim-for=4s",
            "millrace.payment.first-retry=300ms",
            "millrace.payment.longest-retry=1s",
            "millrace.payment.callback-url=http://127.0.0.1:1/api/callbacks/payments",
            "millrace.orders.fraud-hash-key=a-key-for-this-test-only",
            // There is no mail server here, and it is not what this is about.
            "millrace.notification.port=1",
            "millrace.notification.alert-after=1d"
        })
@Import({OwnBroker.class, OrderFaultsIT.OwnDatabase.class})
@DirtiesContext
class OrderFaultsIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** For whatever needs reconnection, new elections or several tries. */
    private static final Duration RECOVERY = Duration.ofSeconds(90);

    /** What must take 2 s at most, on a machine that does much else meanwhile. */
    private static final Duration PROMPTLY = Duration.ofSeconds(6);

    private static final TestIssuer ISSUER = TestIssuer.start();
    private static final ProviderPeer PROVIDER = ProviderPeer.start();

    private final String customer = ISSUER.bearer("customer", "orders:read", "orders:write");

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private Outbox outbox;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private PostgresServer postgres;

    @Autowired
    private KafkaServer kafka;

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    private OrderApi api = new OrderApi(1);
    private final List<AutoCloseable> open = new ArrayList<>();

    /** A server that a test may halt and kill, beside nobody else's database. */
    @TestConfiguration(proxyBeanMethods = false)
    static class OwnDatabase {

        @Bean(destroyMethod = "close")
        PostgresServer postgresServer() {
            return PostgresServer.start(PostgresSettings.throwAway().withDurable(true));
        }

        @Bean
        JdbcConnectionDetails ownDatabase(PostgresServer server) {
            DatabaseAccess access = server.createDatabase("orders", "orders", "orders");
            return new JdbcConnectionDetails() {
                @Override
                public String getJdbcUrl() {
                    return access.jdbcUrl();
                }

                @Override
                public String getUsername() {
                    return access.username();
                }

                @Override
                public String getPassword() {
                    return access.password();
                }
            };
        }
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("millrace.security.issuer", () -> TestIssuer.ISSUER);
        registry.add("millrace.security.jwks-uri", ISSUER::jwksUri);
        registry.add("millrace.payment.provider-url", PROVIDER::url);
        registry.add("millrace.payment.callback-secret", () -> ProviderPeer.SECRET);
    }

    @BeforeEach
    void startWell() {
        api = new OrderApi(port);
        try (Others others = others()) {
            others.list("tea", 1, new Money(450, "GBP"));
        }
        awaitOrdersAreTaken();
    }

    @AfterEach
    void mend() throws Exception {
        if (postgres.isAlive()) {
            postgres.resume();
        } else {
            postgres.restart();
        }
        if (!kafka.isAlive()) {
            kafka.restart();
        }
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @AfterAll
    static void close() {
        PROVIDER.close();
        ISSUER.close();
    }

    @Test
    void expiresAnOrderAtItsDeadlineAndTellsWhatItWaitedFor() {
        TopicProbe events = probe(Topics.ORDER_EVENTS.name());
        String id = placed("tok_ok");
        ConsumerRecord<byte[], byte[]> expired = events.await(record -> isAbout(record, id, "order.expired"));
        assertThat(TopicProbe.value(expired).orElseThrow()).contains("inventory", "fraud");
        assertThat(TopicProbe.header(expired, "ce_sequence")).contains("2");
        Answer order = api.get(customer, id);
        assertThat(order.json().get("status").asString()).isEqualTo("EXPIRED");
        assertThat(order.json().has("decideBy")).isFalse();
        assertThat(order.json().at("/history/1/cause").asString()).isEqualTo("deadline-passed");
        assertThat(PROVIDER.status(id)).isEqualTo("NONE");
    }

    @Test
    void neverRevivesAnExpiredOrderByLateAnswers() {
        String id = placed("tok_ok");
        Answer expired = awaitStatus(id, "EXPIRED");
        double processed = answersProcessed();
        Others others = others();
        others.reserve(id);
        others.score(id, FraudOutcome.APPROVE);
        await().atMost(SOON).until(() -> answersProcessed() >= processed + 2);
        assertThat(api.get(customer, id).response().body())
                .isEqualTo(expired.response().body());
        assertThat(PROVIDER.status(id)).isEqualTo("NONE");
    }

    @Test
    void givesBackWhatIsAuthorisedAfterTheOrderHasExpired() {
        TopicProbe transactions = probe(Topics.TRANSACTION_EVENTS.name());
        String id = placeAnswered("tok_undecided");
        await().atMost(SOON).until(() -> PROVIDER.status(id), "PENDING"::equals);
        Answer expired = awaitStatus(id, "EXPIRED");
        assertThat(expired.json().at("/payment/status").asString()).isEqualTo("VOIDING");

        PROVIDER.authorise(id);
        String report = PROVIDER.report(id, "AUTHORISED");
        assertThat(api.callback(ProviderPeer.signature(Instant.now().getEpochSecond(), report), report)
                        .status())
                .isEqualTo(204);
        await().atMost(SOON).until(() -> PROVIDER.status(id), "VOIDED"::equals);
        await().atMost(SOON).until(() -> paymentStatus(id), "VOIDED"::equals);
        assertThat(api.get(customer, id).json().get("status").asString()).isEqualTo("EXPIRED");
        assertThat(PROVIDER.charges(id)).isEqualTo(1);
        transactions.await(record -> isAbout(record, id, "payment.voided"));
    }

    @Test
    void tellsAnAuthorisationThatCameTooLateBeforeItIsGivenBack() {
        TopicProbe transactions = probe(Topics.TRANSACTION_EVENTS.name());
        String id = placeAnswered("tok_undecided");
        awaitStatus(id, "EXPIRED");
        // Reported while nothing can be given back yet.
        String report = PROVIDER.report(id, "AUTHORISED");
        assertThat(api.callback(ProviderPeer.signature(Instant.now().getEpochSecond(), report), report)
                        .status())
                .isEqualTo(204);
        await().atMost(SOON).until(() -> paymentStatus(id), "AUTHORISED_LATE"::equals);
        PROVIDER.authorise(id);
        await().atMost(SOON).until(() -> paymentStatus(id), "VOIDED"::equals);
        transactions.await(record -> isAbout(record, id, "payment.voided"));
        List<String> money = transactions.records().stream()
                .filter(record -> isAbout(record, id))
                .map(record -> TopicProbe.header(record, "ce_type").orElse(""))
                .toList();
        assertThat(money).containsExactly("transaction.initiated", "payment.authorised", "payment.voided");
    }

    @Test
    void turnsOrdersAwayUnreadWhileTooManyAreUndecided() {
        // As orders expire soon here, a crowd does not last: it is made anew until somebody was turned away by it.
        Answer unparsed =
                await().atMost(RECOVERY).until(this::malformedOrderInACrowd, answer -> answer.status() == 503);
        assertThat(unparsed.code()).isEqualTo("overloaded");
        assertRetryAfter(unparsed);
        await().atMost(RECOVERY).until(this::bodylessOrderInACrowd, "HTTP/1.1 503"::equals);
        await().atMost(RECOVERY).until(() -> undecided() == 0);
        awaitOrdersAreTaken();
    }

    @Test
    void answers503WhileTheDatabaseIsHaltedAndGoesOnAfterwards() throws Exception {
        String before = placed("tok_ok");
        postgres.pause();
        String key = OrderApi.newKey();
        String body = OrderApi.body("tea", 1, "tok_ok");
        assertUnavailable(() -> api.place(customer, key, body));
        assertUnavailable(() -> api.get(customer, before));
        // However many ask: none waits for those before it.
        atOnce(50, () -> assertUnavailable(this::place));
        atOnce(50, () -> assertUnavailable(() -> api.get(customer, before)));
        await().atMost(SOON).until(() -> health("/readiness") == 503);
        assertThat(health("/liveness")).isEqualTo(200);

        postgres.resume();
        Answer repeated = awaitPlaced(key, body);
        assertThat(api.place(customer, key, body).id()).isEqualTo(repeated.id());
        await().atMost(RECOVERY).until(() -> health("/readiness") == 200);
        awaitAnOrderIsConfirmed();
    }

    @Test
    void answers503WhileTheDatabaseIsGoneAndReconnectsByItself() throws Exception {
        String before = placed("tok_ok");
        postgres.kill();
        String key = OrderApi.newKey();
        String body = OrderApi.body("tea", 1, "tok_ok");
        assertUnavailable(() -> api.place(customer, key, body));
        assertUnavailable(() -> api.get(customer, before));
        await().atMost(SOON).until(() -> health("/readiness") == 503);

        postgres.restart();
        awaitPlaced(key, body);
        assertThat(api.get(customer, before).status()).isEqualTo(200);
        await().atMost(RECOVERY).until(() -> health("/readiness") == 200);
        awaitAnOrderIsConfirmed();
    }

    @Test
    void takesOrdersIntoTheOutboxWhileTheBrokerIsAwayUpToItsBound() throws Exception {
        kafka.kill();
        List<String> taken = new ArrayList<>();
        await().atMost(RECOVERY).pollInterval(Duration.ofMillis(20)).until(() -> {
            Answer answer = place();
            if (answer.status() == 201) {
                taken.add(answer.id());
            }
            return outbox.isFull();
        });
        assertThat(taken).hasSizeGreaterThan(20);
        assertThat(health("/readiness")).isEqualTo(200);
        // Nothing is undecided any more, so that it is the outbox alone which refuses.
        await().atMost(SOON).until(() -> undecided() == 0);
        Answer refused = awaitRefusal();
        assertThat(refused.code()).isEqualTo("overloaded");
        assertRetryAfter(refused);
        assertThat(waiting()).isGreaterThanOrEqualTo(100);
        await().atMost(SOON).until(() -> health("") == 503);

        kafka.restart();
        await().atMost(RECOVERY).until(() -> waiting() == 0);
        TopicProbe events = probe(Topics.ORDER_EVENTS.name());
        List<ConsumerRecord<byte[], byte[]>> published = events.records();
        assertThat(taken)
                .allSatisfy(id -> assertThat(published)
                        .filteredOn(record -> isAbout(record, id))
                        .extracting(
                                record -> TopicProbe.header(record, "ce_type").orElse(""))
                        .containsSubsequence("order.placed", "order.expired"));
        awaitAnOrderIsConfirmed();
        await().atMost(RECOVERY).until(() -> health("") == 200);
    }

    private Answer place() {
        return api.place(customer, OrderApi.newKey(), OrderApi.body("tea", 1, "tok_ok"));
    }

    /** An order that was taken: one that is not is sent again, as any client would. */
    private String placed(String token) {
        return awaitPlaced(OrderApi.newKey(), OrderApi.body("tea", 1, token)).id();
    }

    /** An order for which money is asked. */
    private String placeAnswered(String token) {
        String id = placed(token);
        Others others = others();
        others.reserve(id);
        others.score(id, FraudOutcome.APPROVE);
        return id;
    }

    private Answer awaitPlaced(String key, String body) {
        return await().atMost(RECOVERY).until(() -> api.place(customer, key, body), answer -> answer.status() == 201);
    }

    private Answer awaitRefusal() {
        return await().atMost(RECOVERY).until(this::place, answer -> answer.status() == 503);
    }

    private void awaitOrdersAreTaken() {
        await().atMost(RECOVERY).until(() -> place().status() == 201);
    }

    /** Everything works again; as orders expire soon here, more than one may be needed. */
    private void awaitAnOrderIsConfirmed() {
        await().atMost(RECOVERY).until(() -> {
            String id = placeAnswered("tok_ok");
            Answer decided = await().atMost(SOON)
                    .until(
                            () -> api.get(customer, id),
                            order -> List.of("CONFIRMED", "EXPIRED")
                                    .contains(order.json().path("status").asString("")));
            return decided.json().get("status").asString().equals("CONFIRMED");
        });
    }

    private Answer awaitStatus(String id, String status) {
        return await().atMost(SOON)
                .until(
                        () -> api.get(customer, id),
                        order -> order.json().path("status").asString("").equals(status));
    }

    private String paymentStatus(String id) {
        return api.get(customer, id).json().at("/payment/status").asString();
    }

    private static Answer assertUnavailable(Supplier<Answer> call) {
        Instant start = Instant.now();
        Answer answer = call.get();
        assertThat(answer.status()).isEqualTo(503);
        assertRetryAfter(answer);
        assertThat(Duration.between(start, Instant.now())).isLessThan(PROMPTLY);
        return answer;
    }

    private static void assertRetryAfter(Answer answer) {
        assertThat(answer.response().headers().firstValue("Retry-After"))
                .hasValueSatisfying(seconds -> assertThat(seconds).matches("[1-9][0-9]?"));
        assertThat(answer.response().headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    private Answer malformedOrderInACrowd() {
        crowd();
        return api.place(customer, OrderApi.newKey(), "{\"lines\":");
    }

    /** Places orders until one is turned away. */
    private void crowd() {
        await().atMost(RECOVERY)
                .until(() -> atOnce(20, this::place).stream().anyMatch(answer -> answer.status() == 503));
    }

    private static List<Answer> atOnce(int calls, Supplier<Answer> call) {
        return Stream.generate(() -> CompletableFuture.supplyAsync(call, Thread::startVirtualThread))
                .limit(calls)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    /** How the answer begins to a request whose body never comes; empty when the service waits for it. */
    private String bodylessOrderInACrowd() throws IOException {
        crowd();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1_000);
            String head = """
                    POST /api/orders HTTP/1.1\r
                    Host: localhost\r
                    Authorization: %s\r
                    Idempotency-Key: %s\r
                    Content-Type: application/json\r
                    Content-Length: 500\r
                    \r
                    """.formatted(customer, OrderApi.newKey());
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 503".length());
            return new String(answer, StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException e) {
            return "";
        }
    }

    /** The status of a health group; of the whole with an empty name. */
    private int health(String group) throws IOException, InterruptedException {
        URI health = URI.create("http://127.0.0.1:%d/actuator/health%s".formatted(managementPort, group));
        HttpRequest request =
                HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(10)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private double answersProcessed() {
        return meters.get("millrace.consumer.records.processed")
                .tag("group", "order-service.answers")
                .counter()
                .count();
    }

    private long undecided() {
        return count("select count(*) from orders where status in ('PENDING', 'ON_HOLD')");
    }

    private long waiting() {
        return count("select count(*) from outbox");
    }

    private long count(String query) {
        Long count = jdbc.queryForObject(query, Long.class);
        return count == null ? 0 : count;
    }

    private Others others() {
        Others others = new Others(RawProducer.to(kafka.bootstrapServers()));
        open.add(others);
        return others;
    }

    private TopicProbe probe(String topic) {
        TopicProbe probe = TopicProbe.open(
                kafka.bootstrapServers(), topic, TopicProbe.Start.BEGINNING, IsolationLevel.READ_UNCOMMITTED);
        open.add(probe);
        return probe;
    }

    private static boolean isAbout(ConsumerRecord<byte[], byte[]> record, String orderId) {
        return TopicProbe.header(record, "ce_subject").filter(orderId::equals).isPresent();
    }

    private static boolean isAbout(ConsumerRecord<byte[], byte[]> record, String orderId, String type) {
        return isAbout(record, orderId)
                && TopicProbe.header(record, "ce_type").filter(type::equals).isPresent();
    }
}
