package io.millrace.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.events.Money;
import io.millrace.events.Topic;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.fraud.FraudOutcome;
import io.millrace.order.OrderApi.Answer;
import io.millrace.testing.UniqueNames;
import io.millrace.testing.kafka.TopicProbe;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, and that nothing of it is stored. */
class BadInputIT extends OrderServiceContext {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "quantity": 1               | "quantity": 0                                  | 400 | invalid-request   | lines[0].quantity
            "quantity": 1               | "quantity": -1                                 | 400 | invalid-request   | lines[0].quantity
            "quantity": 1               | "quantity": 1000                               | 400 | invalid-request   | lines[0].quantity
            "quantity": 1               | "quantity": 4294967297                         | 400 | invalid-request   | lines[0].quantity
            "quantity": 1               | "quantity": 1.5                                | 400 | invalid-request   | lines[0].quantity
            "quantity": 1               | "quantity": "1"                                | 400 | invalid-request   | lines[0].quantity
            "quantity": 1               | "quantity": null                               | 400 | invalid-request   | lines[0].quantity
            "quantity": 1               | "quantity": 1, "quantity": 2                   | 400 | malformed-json    | lines[0]
            "quantity": 1               | "quantity": 1, "colour": "red"                 | 400 | invalid-request   | lines[0].colour
            , "quantity": 1             | ''                                             | 400 | invalid-request   | lines[0].quantity
            "sku": "tea"                | "sku": " "                                     | 400 | invalid-request   | lines[0].sku
            "sku": "tea"                | "sku": 7                                       | 400 | invalid-request   | lines[0].sku
            "sku": "tea"                | "sku": "te\\u0000a"                            | 400 | invalid-request   | lines[0].sku
            "sku": "tea"                | "sku": "nothing"                               | 422 | unknown-product   | lines[0].sku
            {"sku": "tea", "quantity": 1} | {"sku": "tea", "quantity": 1}, {"sku": "baguette", "quantity": 1} | 422 | mixed-currencies | lines[1].sku
            {"sku": "tea", "quantity": 1} | null                                         | 400 | invalid-request   | lines[0]
            "sku": "tea", "quantity": 1 | "sku": "gold", "quantity": 999                 | 422 | total-too-large   | lines
            "ada@example.org"           | "nobody"                                       | 400 | invalid-request   | contact.email
            {"email": "ada@example.org"} | null                                          | 400 | invalid-request   | contact
            {"email": "ada@example.org"} | {"email": "ada@example.org", "phone": "1"}    | 400 | invalid-request   | contact.phone
            "country": "GB"             | "country": "England"                           | 400 | invalid-request   | shipTo.country
            "name": "Ada Byron",        | ''                                             | 400 | invalid-request   | shipTo.name
            "shipTo": {                 | "shipTo": { "planet": "Earth",                 | 400 | invalid-request   | shipTo.planet
            "paymentToken": "tok_ok"    | "visitorId": "v"                               | 400 | invalid-request   | paymentToken
            "paymentToken": "tok_ok"    | "paymentToken": ""                             | 400 | invalid-request   | paymentToken
            "paymentToken": "tok_ok"    | "paymentToken": "tok_ok", "status": "CONFIRMED" | 400 | invalid-request  | status
            "paymentToken": "tok_ok"    | "paymentToken": "tok_ok", "visitorId": ""      | 400 | invalid-request   | visitorId
            "paymentToken": "tok_ok"    | "paymentToken": "tok_ok", "deviceId": []       | 400 | invalid-request   | deviceId
            "paymentToken": "tok_ok"    | "paymentToken": "tok_ok", "expectedTotal": 450 | 400 | invalid-request   | expectedTotal
            "paymentToken": "tok_ok"    | "paymentToken": "tok_ok", "expectedTotal": {"minorUnits": 450, "currency": "pounds"} | 400 | invalid-request | expectedTotal
            "paymentToken": "tok_ok"    | "paymentToken": "tok_ok", "expectedTotal": {"minorUnits": 450} | 400 | invalid-request | expectedTotal.currency
            "paymentToken": "tok_ok"    | "paymentToken": "tok_ok", "expectedTotal": {"minorUnits": 1, "currency": "GBP"} | 409 | price-changed | expectedTotal
            "paymentToken": "tok_ok"    | "paymentToken": "tok_ok", "expectedTotal": {"minorUnits": 450, "currency": "EUR"} | 409 | price-changed | expectedTotal
            """)
    void refusesBadInputNamingTheField(String good, String bad, int status, String code, String field) {
        OTHERS.list("gold", 1, new Money(Long.MAX_VALUE / 100, "GBP"));
        await().atMost(SOON).until(() -> listed("gold"));
        List<Long> before = stored();
        String body = OrderApi.body("tea", 1, "tok_ok");
        assertThat(body).contains(good);
        Answer answer = api.place(customer, OrderApi.newKey(), body.replace(good, bad));
        assertRefused(answer, status, code, field);
        assertThat(stored()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''          | body-missing
            {"lines":   | malformed-json
            null        | body-missing
            []          | invalid-request
            "an order"  | invalid-request
            """)
    void refusesWhatIsNoOrderAtAll(String body, String code) {
        List<Long> before = stored();
        Answer answer = api.place(customer, OrderApi.newKey(), body);
        assertRefused(answer, 400, code, "");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void refusesAnOrderWithSomethingBehindIt() {
        List<Long> before = stored();
        String twice = OrderApi.body("tea", 1, "tok_ok").repeat(2);
        assertRefused(api.place(customer, OrderApi.newKey(), twice), 400, "malformed-json", "");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void refusesAnOrderWithoutLinesOrWithMoreThanAHundred() {
        String line = "{\"sku\": \"tea\", \"quantity\": 1}";
        String body = OrderApi.body("tea", 1, "tok_ok");
        String none = body.replace(line, "");
        String many = body.replace(line, String.join(",", Collections.nCopies(101, line)));
        String most = body.replace(line, String.join(",", Collections.nCopies(100, line)));
        List<Long> before = stored();
        assertRefused(api.place(customer, OrderApi.newKey(), none), 400, "invalid-request", "lines");
        assertRefused(api.place(customer, OrderApi.newKey(), many), 400, "invalid-request", "lines");
        assertThat(stored()).isEqualTo(before);
        assertThat(api.place(customer, OrderApi.newKey(), most).status()).isEqualTo(201);
    }

    @Test
    void takesTheLargestQuantityAndTheExpectedTotal() {
        String body = OrderApi.body("tea", 999, "tok_ok")
                .replace(
                        "\"tok_ok\"", "\"tok_ok\", \"expectedTotal\": {\"minorUnits\": 449550, \"currency\": \"GBP\"}");
        assertThat(api.place(customer, OrderApi.newKey(), body).status()).isEqualTo(201);
    }

    @Test
    void tellsTheNewTotalWhenThePriceHasChanged() {
        String body = OrderApi.body("tea", 2, "tok_ok")
                .replace("\"tok_ok\"", "\"tok_ok\", \"expectedTotal\": {\"minorUnits\": 1, \"currency\": \"GBP\"}");
        Answer answer = api.place(customer, OrderApi.newKey(), body);
        assertThat(answer.json().at("/total/minorUnits").asLong()).isEqualTo(900);
        assertThat(answer.json().at("/total/currency").asString()).isEqualTo("GBP");
    }

    @Test
    void refusesBodiesOver64KiBHoweverTheyAreSent() {
        String body = OrderApi.body("tea", 1, "tok_ok");
        int largest = 64 * 1024;
        String fits = " ".repeat(largest - body.length()) + body;
        List<Long> before = stored();
        assertRefused(api.place(customer, OrderApi.newKey(), " " + fits), 413, "body-too-large", "");
        assertRefused(api.placeInChunks(customer, OrderApi.newKey(), " " + fits), 413, "body-too-large", "");
        assertThat(stored()).isEqualTo(before);
        assertThat(api.placeInChunks(customer, OrderApi.newKey(), fits).status())
                .isEqualTo(201);
    }

    @Test
    void refusesAMissingOrUnusableIdempotencyKey() {
        String body = OrderApi.body("tea", 1, "tok_ok");
        List<Long> before = stored();
        assertRefused(api.placeWithoutKey(customer, body), 400, "idempotency-key-missing", "Idempotency-Key");
        for (String key : List.of("k".repeat(256), "two words", "")) {
            assertRefused(api.place(customer, key, body), 400, "idempotency-key-invalid", "Idempotency-Key");
        }
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void setsAsideAnswersAboutOrdersThatDoNotExist() {
        String nobody = "01890000-0000-7000-8000-00000000dead";
        OTHERS.reserve(nobody);
        try (TopicProbe deadLetters =
                TopicProbe.fromBeginning(Topics.RESERVATIONS.deadLetters("order-service.answers"))) {
            ConsumerRecord<byte[], byte[]> letter = deadLetters.await(record -> isAbout(record, nobody));
            assertThat(TopicProbe.header(letter, "dlt_cause").orElseThrow()).contains("there is no order " + nobody);
        }
        String id = place("tea", 1, "tok_ok").id();
        OTHERS.refuseStock(id);
        awaitStatus(id, "REJECTED");
    }

    @ParameterizedTest
    @MethodSource
    void setsPoisonAsideOnEveryTopicItReadsWhileTheRestFlows(Topic<?> topic, String group, String type) {
        String key = UniqueNames.topic("poison");
        OTHERS.poison(topic, key, type, "{\"broken\":");
        OTHERS.poison(topic, key, type, "{}");
        OTHERS.poison(topic, key, "nobody.knows", "{}");
        try (TopicProbe deadLetters = TopicProbe.fromBeginning(topic.deadLetters(group))) {
            for (String cause : List.of("is not a " + type, "lacks a field", "carries no type")) {
                ConsumerRecord<byte[], byte[]> letter = deadLetters.await(
                        record -> isAbout(record, key) && cause(record).contains(cause));
                assertThat(TopicProbe.key(letter)).contains(key);
                assertThat(TopicProbe.header(letter, "dlt_topic")).contains(topic.name());
            }
        }
        OTHERS.list("tea", 1, new Money(450, "GBP"));
        String id = place("tea", 1, "tok_ok").id();
        OTHERS.reserve(id);
        OTHERS.score(id, FraudOutcome.APPROVE);
        awaitStatus(id, "CONFIRMED");
    }

    static Stream<Arguments> setsPoisonAsideOnEveryTopicItReadsWhileTheRestFlows() {
        return Stream.of(
                Arguments.of(Topics.CATALOGUE_ITEMS, "order-service.catalogue", "catalogue.item-listed"),
                Arguments.of(Topics.RESERVATIONS, "order-service.answers", "stock.reserved"),
                Arguments.of(Topics.FRAUD_DECISIONS, "order-service.answers", "fraud.transaction-scored"));
    }

    private static String cause(ConsumerRecord<byte[], byte[]> letter) {
        return TopicProbe.header(letter, "dlt_cause").orElse("");
    }
}
