package io.millrace.web;

import static io.millrace.web.app.Shop.ORDER;
import static io.millrace.web.app.Shop.json;
import static io.millrace.web.app.Shop.placing;
import static io.millrace.web.app.Shop.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a body is said by the field's path. */
class BodyTest {

    @Test
    void acceptsAGoodBody() {
        HttpResponse<String> response = send(placing(ORDER));

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Location")).contains("/orders/1");
        assertThat(response.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(json(response).path("by").asString()).isEqualTo("customer");
    }

    static Stream<Arguments> wrongFields() {
        String line = "{\"sku\":\"tea\",\"quantity\":1}";
        String contact = "\"contact\":{\"email\":\"a@b\"}";
        return Stream.of(
                Arguments.of("{\"lines\":[" + line + "]," + contact + ",\"coupon\":1}", "coupon", "is not known"),
                Arguments.of(
                        "{\"lines\":[{\"sku\":\"tea\",\"quantity\":1,\"qty\":1}]," + contact + "}",
                        "lines[0].qty",
                        "is not known"),
                Arguments.of("{\"lines\":[" + line + "]}", "contact", "is required"),
                Arguments.of("{\"lines\":[" + line + "],\"contact\":null}", "contact", "is required"),
                Arguments.of(
                        "{\"lines\":[" + line + ",{\"sku\":\"tea\"}]," + contact + "}",
                        "lines[1].quantity",
                        "is required"),
                Arguments.of("{\"lines\":[null]," + contact + "}", "lines[0]", "is required"),
                Arguments.of(
                        "{\"lines\":[{\"sku\":\"tea\",\"quantity\":null}]," + contact + "}",
                        "lines[0].quantity",
                        "is required"),
                Arguments.of(
                        "{\"lines\":[{\"sku\":\"tea\",\"quantity\":\"2\"}]," + contact + "}",
                        "lines[0].quantity",
                        "must be a whole number within range"),
                Arguments.of(
                        "{\"lines\":[{\"sku\":\"tea\",\"quantity\":1.5}]," + contact + "}",
                        "lines[0].quantity",
                        "must be a whole number within range"),
                Arguments.of(
                        "{\"lines\":[{\"sku\":\"tea\",\"quantity\":99999999999}]," + contact + "}",
                        "lines[0].quantity",
                        "must be a whole number within range"),
                Arguments.of(
                        "{\"lines\":[{\"sku\":7,\"quantity\":1}]," + contact + "}", "lines[0].sku", "must be a string"),
                Arguments.of(
                        "{\"lines\":[{\"sku\":[],\"quantity\":1}]," + contact + "}",
                        "lines[0].sku",
                        "must be a string"),
                Arguments.of("{\"lines\":{}," + contact + "}", "lines", "must be an array"),
                Arguments.of("{\"lines\":[1]," + contact + "}", "lines[0]", "must be an object"),
                Arguments.of(
                        "{\"lines\":[" + line + "]," + contact + ",\"visitorId\":\"x\"}",
                        "visitorId",
                        "must be a UUID"),
                Arguments.of(
                        "{\"lines\":[" + line + "]," + contact + ",\"priority\":\"LOW\"}",
                        "priority",
                        "must be one of NORMAL, URGENT"),
                Arguments.of(
                        "{\"lines\":[" + line + "]," + contact + ",\"priority\":0}",
                        "priority",
                        "must be one of NORMAL, URGENT"),
                Arguments.of(
                        "{\"lines\":[" + line + "],\"contact\":{\"email\":\"x\"}}",
                        "contact",
                        "must hold an e-mail address"),
                Arguments.of(
                        "{\"lines\":[" + line + "]," + contact + ",\"note\":\"a\\u0000b\"}",
                        "note",
                        "must not contain the character U+0000"),
                Arguments.of(
                        "{\"lines\":[{\"sku\":\"\\u0000\",\"quantity\":1}]," + contact + "}",
                        "lines[0].sku",
                        "must not contain the character U+0000"),
                Arguments.of(
                        "{\"lines\":[" + line + "]," + contact + ",\"labels\":{\"a\":\"\\u0000\"}}",
                        "labels.a",
                        "must not contain the character U+0000"),
                Arguments.of(
                        "{\"lines\":[{\"sku\":\"\",\"quantity\":1}]," + contact + "}",
                        "lines[0].sku",
                        "must not be blank"),
                Arguments.of(
                        "{\"lines\":[" + line + ",{\"sku\":\"tea\",\"quantity\":0}]," + contact + "}",
                        "lines[1].quantity",
                        "must be greater than or equal to 1"),
                Arguments.of("{\"lines\":[]," + contact + "}", "lines", "size must be between 1 and 3"));
    }

    @ParameterizedTest
    @MethodSource("wrongFields")
    void namesTheFieldThatIsWrong(String body, String field, String message) {
        HttpResponse<String> response = send(placing(body));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(response).path("type").asString()).isEqualTo("urn:millrace:problem:invalid-request");
        assertThat(json(response).path("code").asString()).isEqualTo("invalid-request");
        assertThat(json(response).path("status").asInt()).isEqualTo(400);
        assertThat(json(response).path("errors").path(0).path("field").asString())
                .isEqualTo(field);
        assertThat(json(response).path("errors").path(0).path("message").asString())
                .isEqualTo(message);
    }

    static Stream<Arguments> malformedBodies() {
        return Stream.of(
                Arguments.of("{\"lines\":[", "malformed-json"),
                Arguments.of("not json", "malformed-json"),
                Arguments.of(ORDER + "{}", "malformed-json"),
                Arguments.of("{\"note\":\"a\",\"note\":\"b\"}", "malformed-json"),
                Arguments.of("{\"other\":" + "[".repeat(40), "malformed-json"),
                Arguments.of("{\"note\":" + "9".repeat(80) + "}", "malformed-json"),
                Arguments.of("{\"labels\":{\"" + "n".repeat(300) + "\":\"\"}}", "malformed-json"),
                Arguments.of("", "body-missing"),
                Arguments.of("null", "body-missing"),
                Arguments.of("[]", "invalid-request"),
                Arguments.of("\"text\"", "invalid-request"));
    }

    @ParameterizedTest
    @MethodSource("malformedBodies")
    void refusesWhatIsNoJsonObject(String body, String code) {
        HttpResponse<String> response = send(placing(body));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(json(response).path("code").asString()).as(response.body()).isEqualTo(code);
        assertThat(response.body()).doesNotContain("Exception", "java", "jackson");
    }

    @Test
    void takesTheSameRequestInAnotherOrderAndSpacingForTheSame() {
        String first = send(placing(ORDER)).body();
        String second = send(placing("""
                        { "contact": {"email": "a@example.org"}, "note": null,
                          "lines": [ {"quantity": 2, "sku": "tea"} ] }""")).body();
        String other = send(placing(ORDER.replace("2", "3"))).body();

        assertThat(second).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }
}
