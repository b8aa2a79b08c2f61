package io.millrace.web.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.web.problem.FieldProblem;
import io.millrace.web.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HttpJsonTest {

    private final HttpJson json = new HttpJson(8);

    @NullMarked
    record Item(
            String sku,
            long price,
            Optional<String> title,
            @Nullable Integer weight) {}

    record Anything(@Nullable Object value, @Nullable Map<String, Object> more) {}

    private <T> T read(String text, Class<T> type) {
        return json.read(text.getBytes(StandardCharsets.UTF_8), type);
    }

    @Test
    void readsARecordWithWhatIsOptionalLeftOut() {
        assertThat(read("{\"sku\":\"tea\",\"price\":5}", Item.class))
                .isEqualTo(new Item("tea", 5, Optional.empty(), null));
        assertThat(read("{\"sku\":\"tea\",\"price\":5,\"title\":null,\"weight\":null}", Item.class))
                .isEqualTo(new Item("tea", 5, Optional.empty(), null));
    }

    @Test
    void refusesALineAsItRefusesABody() {
        assertThatThrownBy(() -> read("{\"sku\":\"tea\"}", Item.class))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().errors())
                                .containsExactly(new FieldProblem("price", "is required")));
    }

    @Test
    void findsU0000InUntypedValuesAndNamesToo() {
        for (String bad : new String[] {
            "{\"value\":\"\\u0000\"}",
            "{\"value\":[1,{\"a\":\"x\\u0000\"}]}",
            "{\"more\":{\"a\\u0000\":1}}",
            "{\"more\":{\"a\":{\"b\\u0000\":1}}}"
        }) {
            assertThatThrownBy(() -> read(bad, Anything.class))
                    .as(bad)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refused -> assertThat(refused.problem().errors().toString())
                                    .contains("U+0000"));
        }
    }

    @Test
    void writesComponentsInTheirOrderAndLeavesOutWhatIsAbsent() {
        assertThat(json.mapper().writeValueAsString(new Item("tea", 5, Optional.empty(), null)))
                .isEqualTo("{\"sku\":\"tea\",\"price\":5}");
    }
}
