package io.millrace.recommendation;

import static io.millrace.recommendation.ShopApi.viewed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.embedded.KafkaServer;
import io.millrace.events.Topic;
import io.millrace.events.catalogue.Topics;
import io.millrace.recommendation.ShopApi.Answer;
import io.millrace.testing.infra.OwnBroker;
import io.millrace.testing.kafka.RawProducer;
import io.millrace.testing.kafka.TopicProbe;
import io.millrace.web.testing.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the index does with records that can't be, and says of itself while the brokers are away. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "millrace.recommendation.streams.state-directory=target/streams-faults",
            "millrace.recommendation.index.rank-every=50ms"
        })
@Import(OwnBroker.class)
@DirtiesContext
class IndexFaultsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SESSIONS = "recommendation-service.index.recommendation.sessions.v1.dlt";
    private static final String ITEMS = "recommendation-service.index.catalogue.items.v1.dlt";
    private static final String STOCK = "recommendation-service.index.inventory.availability.v1.dlt";

    @Autowired
    private KafkaServer broker;

    @Autowired
    private MeterRegistry meters;

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("millrace.security.issuer", () -> TestIssuer.ISSUER);
    }

    @Test
    void passesOverWhatCannotBeAndSetsItAsideOnce() {
        try (InventoryPeer peer = new InventoryPeer(RawProducer.to(broker.bootstrapServers()))) {
            ShopApi shop = new ShopApi(port, "203.0.113.1");
            peer.sell("POT", "kitchen", 5);
            peer.sell("CUP", "kitchen", 5);
            await().atMost(SOON).until(() -> shop.similar("X", 5).skus().containsAll(List.of("POT", "CUP")));

            // before any visit, so that times and weights begin with what can't be
            for (String visitedAt : List.of(
                    text(Instant.MAX.toString()), text(Instant.MIN.toString()), text("9999-12-31T23:59:59Z"), "null")) {
                poison(peer, Topics.RECOMMENDATION_SESSIONS, "session.item-visited", """
                        {"sessionId": "a-1", "sku": "POT", "earlierSkus": ["CUP"], "visitedAt": %s}
                        """.formatted(visitedAt));
            }
            poison(peer, Topics.RECOMMENDATION_SESSIONS, "session.item-visited", "{");
            poison(peer, Topics.CATALOGUE_ITEMS, "catalogue.item-listed", "{");
            poison(peer, Topics.AVAILABILITY, "inventory.availability-changed", "{\"version\": 1, \"available\": 2}");

            await().atMost(SOON).until(() -> counted("unreadable") == 7);
            await().atMost(SOON).until(() -> counted("dead-lettered") == 7);
            for (String visitor : List.of("v1", "v2", "v3")) {
                shop.report(List.of(viewed(visitor, "POT"), viewed(visitor, "CUP")));
            }
            await().atMost(SOON)
                    .until(
                            () -> shop.similar("POT", 1),
                            answer -> answer.text("strategy").equals("viewed-together"));
            consumes(200);

            try (ConfigurableApplicationContext second = SpringApplication.run(
                    RecommendationApplication.class,
                    "--server.port=0",
                    "--management.server.port=0",
                    "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                    "--millrace.security.issuer=" + TestIssuer.ISSUER,
                    "--millrace.recommendation.streams.state-directory=target/streams-faults-second")) {
                ShopApi other = new ShopApi(localPort(second), "203.0.113.2");
                await().atMost(SOON)
                        .until(
                                () -> other.similar("POT", 1),
                                answer -> answer.text("strategy").equals("viewed-together"));
                assertThat(setAside(SESSIONS)).hasSize(5);
                assertThat(setAside(ITEMS)).hasSize(1);
                assertThat(setAside(STOCK)).singleElement().satisfies(letter -> {
                    assertThat(TopicProbe.header(letter, "dlt_group")).contains("recommendation-service.index");
                    assertThat(TopicProbe.header(letter, "dlt_topic")).contains(Topics.AVAILABILITY.name());
                    assertThat(TopicProbe.value(letter).orElse("")).startsWith("{\"version\"");
                });
            }
        }
    }

    @Test
    void readsThePartitionsATopicIsGivenLater() throws Exception {
        consumes(200);
        int before = Topics.CATALOGUE_ITEMS.partitions();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                InventoryPeer peer = new InventoryPeer(RawProducer.to(broker.bootstrapServers()))) {
            admin.createPartitions(Map.of(Topics.CATALOGUE_ITEMS.name(), NewPartitions.increaseTo(before + 1)))
                    .all()
                    .get();
            peer.listIn(before, "GROWN", "garden");
            peer.stock("GROWN", 1, 5);

            ShopApi shop = new ShopApi(port, "203.0.113.3");
            await().atMost(SOON).until(() -> shop.similar("X", 50).skus().contains("GROWN"));
        }
    }

    @Test
    void saysThatItDoesNotConsumeWhileNoBrokerAnswers() {
        consumes(200);

        broker.pause();
        Answer away = consumes(503);
        broker.resume();

        assertThat(away.json().at("/components/reader/status").asString()).isEqualTo("DOWN");
        consumes(200);
        assertThat(new ShopApi(managementPort, "127.0.0.1")
                        .get("/actuator/health/readiness")
                        .status())
                .isEqualTo(200);
    }

    /** Waits until health says that it consumes, or that neither topology nor reader does. */
    private Answer consumes(int status) {
        ShopApi management = new ShopApi(managementPort, "127.0.0.1");
        String word = status == 200 ? "UP" : "DOWN";
        return await().atMost(SOON)
                .until(
                        () -> management.get("/actuator/health/consuming"),
                        answer -> answer.status() == status
                                && answer.json()
                                        .at("/components/reader/status")
                                        .asString("")
                                        .equals(word)
                                && answer.json()
                                        .at("/components/sessions/status")
                                        .asString("")
                                        .equals(word));
    }

    private List<ConsumerRecord<byte[], byte[]>> setAside(String topic) {
        try (TopicProbe probe = TopicProbe.open(
                broker.bootstrapServers(), topic, TopicProbe.Start.BEGINNING, IsolationLevel.READ_UNCOMMITTED)) {
            return probe.listenFor(Duration.ofSeconds(1));
        }
    }

    private double counted(String what) {
        return meters.get("millrace.recommendation.records." + what).counter().count();
    }

    private static void poison(InventoryPeer peer, Topic<?> topic, String type, String value) {
        peer.publish(topic, "key", type, value.getBytes(StandardCharsets.UTF_8), 1);
    }

    private static String text(String value) {
        return "\"" + value + "\"";
    }

    private static int localPort(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }
}
