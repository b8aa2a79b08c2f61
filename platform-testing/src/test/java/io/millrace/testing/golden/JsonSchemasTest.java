package io.millrace.testing.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonSchemasTest {

    private final JsonNode schema = JsonMapper.shared().readTree(JsonSchemas.of(Parcel.class));

    @Test
    void requiresAllButNullableComponents() {
        assertThat(schema.get("required").valueStream().map(JsonNode::stringValue))
                .containsExactlyInAnyOrder("id", "sentAt", "size", "items");
    }

    @Test
    void writesTimesAndIdsAsText() {
        assertThat(property("id")).isEqualTo("{\"type\":\"string\",\"format\":\"uuid\"}");
        assertThat(property("sentAt")).isEqualTo("{\"type\":\"string\",\"format\":\"date-time\"}");
        assertThat(property("note")).isEqualTo("{\"type\":\"string\"}");
    }

    @Test
    void namesEnumConstantsAsJacksonDoes() {
        assertThat(property("size")).isEqualTo("{\"type\":\"string\",\"enum\":[\"tiny\",\"LARGE\"]}");
    }

    @Test
    void describesNestedRecords() {
        assertThat(JsonSchemas.of(Parcel.class)).contains("\"sku\"").contains("\"quantity\"");
    }

    @Test
    void keepsTheOrderOfComponentsAndIsTheSameEveryTime() {
        assertThat(schema.get("properties").propertyNames()).containsExactly("id", "sentAt", "size", "items", "note");
        assertThat(JsonSchemas.of(Parcel.class)).isEqualTo(JsonSchemas.of(Parcel.class));
    }

    private String property(String name) {
        return schema.get("properties").get(name).toString();
    }

    record Parcel(
            UUID id,
            Instant sentAt,
            Size size,
            List<Item> items,
            @Nullable String note) {}

    record Item(String sku, int quantity) {}

    enum Size {
        @JsonProperty("tiny")
        TINY,
        LARGE
    }
}
