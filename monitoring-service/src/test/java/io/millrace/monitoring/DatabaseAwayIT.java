package io.millrace.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.embedded.DatabaseAccess;
import io.millrace.embedded.KafkaServer;
import io.millrace.embedded.PostgresServer;
import io.millrace.embedded.PostgresSettings;
import io.millrace.events.catalogue.TelemetryTopics;
import io.millrace.events.catalogue.Topics;
import io.millrace.monitoring.telemetry.Otlp;
import io.millrace.testing.infra.OwnBroker;
import io.millrace.testing.kafka.RawProducer;
import io.millrace.testing.kafka.TopicProbe;
import io.millrace.web.testing.TestIssuer;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The database or the broker is killed: afterwards each record stands in the database once, and meanwhile health tells. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(OwnBroker.class)
@DirtiesContext
class DatabaseAwayIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final TestIssuer ISSUER = TestIssuer.start();
    private static final PostgresServer DATABASE = PostgresServer.start(PostgresSettings.throwAway());

    @Autowired
    private KafkaServer broker;

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        DatabaseAccess access = DATABASE.createDatabase("monitoring", "monitoring", "test");
        registry.add("spring.datasource.url", access::jdbcUrl);
        registry.add("spring.datasource.username", access::username);
        registry.add("spring.datasource.password", access::password);
        registry.add("millrace.security.issuer", () -> TestIssuer.ISSUER);
        registry.add("millrace.security.jwks-uri", ISSUER::jwksUri);
    }

    @AfterAll
    static void close() {
        DATABASE.close();
        ISSUER.close();
    }

    @Test
    void storesEverythingOnceThoughItsDatabaseWasAway() {
        OpsApi api = new OpsApi(port, ISSUER.bearer("operator", "ops:read"));
        try (Shop shop = new Shop(RawProducer.to(broker.bootstrapServers()))) {
            List<UUID> before = place(shop);
            await().atMost(SOON).until(() -> known(api, before));

            DATABASE.kill();
            List<UUID> meanwhile = place(shop);
            shop.sendBroken(Topics.ORDER_EVENTS, "{");
            assertThat(api.get("/api/ops/journeys/" + meanwhile.getFirst()).status())
                    .isEqualTo(503);
            DATABASE.restart();
            List<UUID> after = place(shop);

            await().atMost(SOON).until(() -> known(api, meanwhile) && known(api, after));
            assertThat(known(api, before)).isTrue();
            await().atMost(SOON)
                    .until(() -> api.get("/api/ops/logs", "text", "line", "limit", 200)
                                    .at("/items")
                                    .size()
                            == 60);
            // set aside once, however often the poll was repeated
            try (var probe = TopicProbe.open(
                    broker.bootstrapServers(),
                    "monitoring-service.ingest.order.events.v1.dlt",
                    TopicProbe.Start.BEGINNING,
                    IsolationLevel.READ_UNCOMMITTED)) {
                assertThat(probe.awaitCount(1)).hasSize(1);
                assertThat(probe.listenFor(Duration.ofMillis(500))).hasSize(1);
            }
        }
    }

    @Test
    void tellsThatItsBrokersAreAway() {
        OpsApi management = new OpsApi(managementPort, "");
        await().atMost(SOON).until(() -> consuming(management) == 200);

        broker.kill();
        await().atMost(SOON).until(() -> consuming(management) == 503);
        broker.restart();

        await().atMost(SOON).until(() -> consuming(management) == 200);
    }

    private static int consuming(OpsApi management) {
        return management.get("/actuator/health/consuming").status();
    }

    /** Twenty orders, each with a line in the logs. */
    private static List<UUID> place(Shop shop) {
        return IntStream.range(0, 20)
                .mapToObj(i -> {
                    UUID order = UUID.randomUUID();
                    shop.place(order, Instant.now());
                    shop.send(
                            TelemetryTopics.LOGS,
                            Otlp.logs(
                                    "order-service",
                                    "1",
                                    "logger",
                                    Otlp.log(Instant.now(), SeverityNumber.SEVERITY_NUMBER_INFO, "line " + i)
                                            .build()));
                    return order;
                })
                .toList();
    }

    private static boolean known(OpsApi api, List<UUID> orders) {
        return orders.stream()
                .map(order -> api.get("/api/ops/journeys/" + order))
                .allMatch(
                        answer -> answer.status() == 200 && answer.at("/events").size() == 1);
    }
}
