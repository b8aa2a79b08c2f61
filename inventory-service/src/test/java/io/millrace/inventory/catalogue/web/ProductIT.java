package io.millrace.inventory.catalogue.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.Envelope;
import io.millrace.events.Money;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.inventory.CatalogueEvent;
import io.millrace.events.inventory.ItemDelisted;
import io.millrace.events.inventory.ItemListed;
import io.millrace.inventory.Http;
import io.millrace.inventory.Http.Answer;
import io.millrace.inventory.InventoryIT;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventHeaders;
import io.millrace.testing.kafka.TopicProbe;
import io.millrace.web.testing.TestIssuer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The catalogue from HTTP to its topic. */
@InventoryIT
class ProductIT {

    private static final String TEA = """
            {"name": "Green tea", "price": {"minorUnits": 450, "currency": "GBP"}, "category": "kitchen/tea"}""";

    @Autowired
    private TestIssuer issuer;

    @Autowired
    private EventCodec codec;

    @LocalServerPort
    private int port;

    private Http http;
    private TopicProbe topic;
    private String operator;

    @BeforeEach
    void open() {
        http = new Http(port);
        topic = TopicProbe.fromNow(Topics.CATALOGUE_ITEMS.name());
        operator = issuer.bearer("operator", "catalogue:write");
    }

    @AfterEach
    void close() {
        http.close();
        topic.close();
    }

    private static String newSku() {
        return "TEA-" + UUID.randomUUID().toString().substring(0, 13);
    }

    private Answer put(String sku, String body) {
        return http.send("PUT", "/api/products/" + sku, operator, body, Map.of());
    }

    private Answer delete(String sku) {
        return http.send("DELETE", "/api/products/" + sku, operator, null, Map.of());
    }

    private CatalogueEvent event(String sku, long version) {
        ConsumerRecord<byte[], byte[]> found =
                topic.await(record -> TopicProbe.key(record).orElseThrow().equals(sku)
                        && EventHeaders.read(record.headers()).sequence() == version);
        Envelope envelope = EventHeaders.read(found.headers());
        assertThat(envelope.subject()).isEqualTo(sku);
        return codec.decode(Topics.CATALOGUE_ITEMS, envelope.type(), found.value());
    }

    private long eventsOf(String sku) {
        return topic.records().stream()
                .filter(record -> TopicProbe.key(record).orElseThrow().equals(sku))
                .count();
    }

    @Test
    void listsAProductAndShowsItToAnybody() {
        String sku = newSku();
        Answer created = put(sku, TEA);

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/api/products/" + sku);
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        Answer found = http.get("/api/products/" + sku, null);
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.header("ETag")).isEqualTo("\"1\"");
        assertThat(found.json()).isEqualTo(created.json());
        assertThat(found.json().path("price").path("minorUnits").asLong()).isEqualTo(450);
        assertThat(event(sku, 1)).isEqualTo(new ItemListed(sku, 1, "Green tea", new Money(450, "GBP"), "kitchen/tea"));
    }

    @Test
    void answersNothingNewToAReaderThatHasTheVersion() {
        String sku = newSku();
        put(sku, TEA);

        Answer again = http.send("GET", "/api/products/" + sku, null, null, Map.of("If-None-Match", "\"1\""));
        assertThat(again.status()).isEqualTo(304);
    }

    @Test
    void changesAProductAndPublishesOnlyChanges() {
        String sku = newSku();
        put(sku, TEA);
        Answer same = put(sku, TEA);
        Answer changed = put(sku, TEA.replace("450", "500").replace(", \"category\": \"kitchen/tea\"", ""));

        assertThat(same.status()).isEqualTo(200);
        assertThat(same.header("ETag")).isEqualTo("\"1\"");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        assertThat(event(sku, 2)).isEqualTo(new ItemListed(sku, 2, "Green tea", new Money(500, "GBP"), null));
        assertThat(eventsOf(sku)).isEqualTo(2);
    }

    @Test
    void refusesToChangeAVersionThatIsNoLongerPresent() {
        String sku = newSku();
        put(sku, TEA);
        put(sku, TEA.replace("450", "500"));

        Answer stale = http.send(
                "PUT", "/api/products/" + sku, operator, TEA.replace("450", "600"), Map.of("If-Match", "\"1\""));
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.code()).isEqualTo("precondition-failed");
        Answer staleDelete = http.send("DELETE", "/api/products/" + sku, operator, null, Map.of("If-Match", "\"1\""));
        assertThat(staleDelete.status()).isEqualTo(412);
        Answer present = http.send(
                "PUT", "/api/products/" + sku, operator, TEA.replace("450", "600"), Map.of("If-Match", "\"2\""));
        assertThat(present.status()).isEqualTo(200);
    }

    @Test
    void createsNothingWhenAVersionWasExpected() {
        String sku = newSku();
        Answer refused = http.send("PUT", "/api/products/" + sku, operator, TEA, Map.of("If-Match", "\"1\""));

        assertThat(refused.status()).isEqualTo(412);
        assertThat(http.get("/api/products/" + sku, null).status()).isEqualTo(404);
    }

    @Test
    void delistsAProductOnceHoweverOftenItIsAsked() {
        String sku = newSku();
        put(sku, TEA);

        assertThat(delete(sku).status()).isEqualTo(204);
        assertThat(delete(sku).status()).isEqualTo(204);
        Answer gone = http.get("/api/products/" + sku, null);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.code()).isEqualTo("product-not-found");
        assertThat(event(sku, 2)).isEqualTo(new ItemDelisted(sku, 2));
        assertThat(eventsOf(sku)).isEqualTo(2);
    }

    @Test
    void listsAgainUnderAHigherVersion() {
        String sku = newSku();
        put(sku, TEA);
        delete(sku);
        Answer again = put(sku, TEA);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("ETag")).isEqualTo("\"3\"");
    }

    @Test
    void knowsNothingOfAProductThatWasNeverListed() {
        assertThat(delete(newSku()).status()).isEqualTo(404);
        assertThat(http.get("/api/products/" + newSku(), null).code()).isEqualTo("product-not-found");
    }

    @Test
    void countsEveryChangeOnceWhenManyComeAtTheSameTime() throws Exception {
        String sku = newSku();
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String body = TEA.replace("450", Integer.toString(1000 + i));
            calls.add(() -> put(sku, body));
        }
        Set<String> tags = new HashSet<>();
        int created = 0;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> call : clients.invokeAll(calls)) {
                Answer answer = call.get();
                assertThat(answer.status()).isIn(200, 201);
                created += answer.status() == 201 ? 1 : 0;
                tags.add(answer.header("ETag"));
            }
        }
        assertThat(created).isEqualTo(1);
        assertThat(tags).hasSize(40).contains("\"1\"", "\"40\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"price\": {\"minorUnits\": 1, \"currency\": \"GBP\"}}|name",
                "{\"name\": \"\", \"price\": {\"minorUnits\": 1, \"currency\": \"GBP\"}}|name",
                "{\"name\": \" tea\", \"price\": {\"minorUnits\": 1, \"currency\": \"GBP\"}}|name",
                "{\"name\": \"tea\"}|price",
                "{\"name\": \"tea\", \"price\": {\"minorUnits\": -1, \"currency\": \"GBP\"}}|price.minorUnits",
                "{\"name\": \"tea\", \"price\": {\"minorUnits\": \"1\", \"currency\": \"GBP\"}}|price.minorUnits",
                "{\"name\": \"tea\", \"price\": {\"minorUnits\": 1, \"currency\": \"pounds\"}}|price.currency",
                "{\"name\": \"tea\", \"price\": {\"minorUnits\": 1}}|price.currency",
                "{\"name\": \"tea\", \"price\": {\"minorUnits\": 1, \"currency\": \"GBP\"}, \"category\": \"/a\"}|category",
                "{\"name\": \"tea\", \"price\": {\"minorUnits\": 1, \"currency\": \"GBP\"}, \"colour\": 1}|colour"
            })
    void refusesWhatIsNoProductAndNamesTheField(String body, String field) {
        String sku = newSku();
        Answer refused = put(sku, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.field()).isEqualTo(field);
        assertThat(http.get("/api/products/" + sku, null).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-tea", "t%C3%A9", "a%20b", "x1234567890123456789012345678901234567890123456789012345678901234"})
    void refusesWhatIsNoSku(String sku) {
        Answer refused = put(sku, TEA);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.field()).isEqualTo("sku");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        assertThat(put(newSku(), TEA.replace("Green", "G".repeat(70_000))).status())
                .isEqualTo(413);
    }

    @Test
    void pagesThroughACategoryAndEverythingBelowIt() {
        String root = "c" + UUID.randomUUID().toString().substring(0, 8);
        Map<String, String> categories = Map.of(
                "A", root,
                "B", root + "/tea",
                "C", root + "/tea/green",
                "D", root + "x",
                "E", root + "-tea");
        categories.forEach((name, category) -> put(root + name, TEA.replace("kitchen/tea", category)));
        put(root + "F", TEA.replace("kitchen/tea", root));
        delete(root + "F");

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = http.get("/api/products?limit=2&category=" + root + cursor, null)
                    .json();
            page.path("items").forEach(item -> seen.add(item.path("sku").asString()));
            cursor = page.has("next") ? "&cursor=" + page.path("next").asString() : "";
        } while (!cursor.isEmpty());

        assertThat(seen).containsExactly(root + "A", root + "B", root + "C");
        assertThat(http.get("/api/products?limit=1", null).json().path("items")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"limit=0,limit", "limit=201,limit", "cursor=%25%25,cursor", "category=%2F,category"})
    void refusesWhatIsNoPage(String query, String field) {
        Answer refused = http.get("/api/products?" + query, null);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.field()).isEqualTo(field);
    }
}
