package io.millrace.monitoring;

import static io.millrace.monitoring.telemetry.Otlp.logs;
import static org.awaitility.Awaitility.await;

import io.millrace.events.catalogue.TelemetryTopics;
import io.millrace.monitoring.telemetry.Otlp;
import io.millrace.testing.UniqueNames;
import io.millrace.testing.infra.RealInfrastructure;
import io.millrace.testing.kafka.RawProducer;
import io.millrace.web.testing.TestIssuer;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/**
 * The service from outside: over Kafka and HTTP, with a real broker and database. One service for all tests that extend this,
 * as of its consumer group there must be one reader.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "millrace.monitoring.overview.down-after=3s",
            "millrace.monitoring.overview.live-clients=3",
            "millrace.monitoring.overview.live-for=4s",
            "millrace.monitoring.lag.every=1s"
        })
@Import(RealInfrastructure.class)
abstract class MonitoringIT {

    static final Duration SOON = Duration.ofSeconds(30);
    static final TestIssuer ISSUER = TestIssuer.start();
    static final Shop SHOP = new Shop(RawProducer.shared());
    static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    final UUID order = UUID.randomUUID();

    /** Unlike the service of any other test. */
    final String service = UniqueNames.group("some-service");

    OpsApi api = new OpsApi(1, "");

    @LocalServerPort
    int port;

    @Autowired
    private JdbcTemplate jdbc;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("millrace.security.issuer", () -> TestIssuer.ISSUER);
        registry.add("millrace.security.jwks-uri", ISSUER::jwksUri);
    }

    @BeforeEach
    void connect() {
        api = new OpsApi(port, ISSUER.bearer("operator", "ops:read"));
        await().atMost(SOON).until(() -> api.get("/api/ops/summary").status() == 200);
    }

    void log(String message, SeverityNumber severity, KeyValue... attributes) {
        SHOP.send(
                TelemetryTopics.LOGS,
                logs(
                        service,
                        "1",
                        "logger",
                        Otlp.log(now, severity, message, attributes).build()));
    }

    /** Orders confirmed, from the table: the summary may be a second old. */
    long confirmed() {
        return count("order_minute, generate_series(1, orders) where measure = 'outcome' and label = 'confirmed'");
    }

    long count(String table) {
        Long count = jdbc.queryForObject("select count(*) from " + table, Long.class);
        return count == null ? 0 : count;
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    static List<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(each -> each.path(field).asString(""))
                .toList();
    }
}
