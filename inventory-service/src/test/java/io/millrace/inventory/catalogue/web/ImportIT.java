package io.millrace.inventory.catalogue.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.catalogue.Topics;
import io.millrace.inventory.Http;
import io.millrace.inventory.Http.Answer;
import io.millrace.inventory.InventoryIT;
import io.millrace.testing.kafka.TopicProbe;
import io.millrace.web.testing.TestIssuer;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Many products at once. */
@InventoryIT
class ImportIT {

    @Autowired
    private TestIssuer issuer;

    @LocalServerPort
    private int port;

    private Http http;
    private String prefix;

    @BeforeEach
    void open() {
        http = new Http(port);
        prefix = "I" + UUID.randomUUID().toString().substring(0, 13) + "-";
    }

    @AfterEach
    void close() {
        http.close();
    }

    private Answer load(String body) {
        return http.send(
                "POST",
                "/api/products/import",
                issuer.bearer("operator", "catalogue:write"),
                body,
                Map.of("Content-Type", "application/x-ndjson"));
    }

    private String line(String name, long price) {
        return """
                {"sku": "%s", "name": "%s", "price": {"minorUnits": %d, "currency": "GBP"}, "category": "bulk"}""".formatted(prefix + name, name, price);
    }

    private Answer product(String name) {
        return http.get("/api/products/" + prefix + name, null);
    }

    @Test
    void listsMoreProductsThanOneTransactionTakes() {
        Answer answer =
                load(IntStream.range(0, 1_200).mapToObj(i -> line("P" + i, i)).collect(Collectors.joining("\n")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("accepted").asInt()).isEqualTo(1_200);
        assertThat(answer.json().path("rejectedLines").asInt()).isZero();
        assertThat(product("P0").status()).isEqualTo(200);
        assertThat(product("P1199").json().path("price").path("minorUnits").asLong())
                .isEqualTo(1_199);
        try (TopicProbe topic = TopicProbe.fromBeginning(Topics.CATALOGUE_ITEMS.name())) {
            topic.await(record -> TopicProbe.key(record).orElseThrow().equals(prefix + "P1199"));
        }
    }

    @Test
    void listsGoodLinesAndTellsWhatIsWrongWithTheOthers() {
        String body = String.join(
                "\n",
                line("A", 1),
                "not json",
                "",
                line("B", -5),
                line("C", 3).replace("\"name\"", "\"title\""),
                line("D", 4).replace(prefix + "D", "../D"),
                "{\"sku\": \"" + "x".repeat(9_000) + "\"}",
                line("E", 6),
                "");
        Answer answer = load(body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.json().path("rejectedLines").asInt()).isEqualTo(5);
        assertThat(answer.json().path("rejected"))
                .extracting(row -> row.path("line").asInt())
                .containsExactly(2, 4, 5, 6, 7);
        assertThat(answer.json().path("rejected"))
                .extracting(row -> row.path("reason").asString())
                .satisfiesExactly(
                        reason -> assertThat(reason).isNotBlank(),
                        reason -> assertThat(reason).contains("price.minorUnits"),
                        reason -> assertThat(reason).contains("name"),
                        reason -> assertThat(reason).contains("sku"),
                        reason -> assertThat(reason).contains("8192"));
        assertThat(product("A").status()).isEqualTo(200);
        assertThat(product("E").status()).isEqualTo(200);
        assertThat(product("B").status()).isEqualTo(404);
    }

    @Test
    void changesNothingWhenTheSameIsSentAgain() {
        load(line("A", 1) + "\n" + line("B", 2));
        Answer again = load(line("A", 1) + "\n" + line("B", 3));

        assertThat(again.json().path("accepted").asInt()).isEqualTo(2);
        assertThat(product("A").header("ETag")).isEqualTo("\"1\"");
        assertThat(product("B").header("ETag")).isEqualTo("\"2\"");
    }

    @Test
    void takesTheLastOfSeveralLinesOfOneProduct() {
        Answer answer = load(line("A", 1) + "\n" + line("A", 2) + "\r\n");

        assertThat(answer.json().path("accepted").asInt()).isEqualTo(2);
        assertThat(product("A").json().path("price").path("minorUnits").asLong())
                .isEqualTo(2);
    }

    @Test
    void listsNoMoreRejectedLinesThanTheLimit() {
        Answer answer = load("x\n".repeat(150));

        assertThat(answer.json().path("rejectedLines").asInt()).isEqualTo(150);
        assertThat(answer.json().path("rejected")).hasSize(100);
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        assertThat(load(line("A", 1) + "\n".repeat(300_000)).status()).isEqualTo(413);
    }

    @Test
    void refusesAnotherMediaType() {
        Answer refused = http.send(
                "POST",
                "/api/products/import",
                issuer.bearer("operator", "catalogue:write"),
                line("A", 1),
                Map.of("Content-Type", "application/json"));

        assertThat(refused.status()).isEqualTo(415);
    }
}
