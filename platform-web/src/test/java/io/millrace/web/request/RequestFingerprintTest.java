package io.millrace.web.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestFingerprintTest {

    record Order(String sku, @Nullable String note, Optional<String> visitor, Map<String, Integer> labels) {}

    @Test
    void staysTheSameForStoredOnes() {
        assertThat(RequestFingerprint.of(new Order("tea", null, Optional.empty(), Map.of("b", 1, "a", 2))))
                .hasToString(RequestFingerprint.ofBytes(
                                "{\"labels\":{\"a\":2,\"b\":1},\"sku\":\"tea\"}".getBytes(StandardCharsets.UTF_8))
                        .toString());
    }

    @Test
    void doesNotDependOnTheOrderOfAMap() {
        Map<String, Integer> descending = new LinkedHashMap<>();
        descending.put("c", 3);
        descending.put("b", 2);
        descending.put("a", 1);

        assertThat(RequestFingerprint.of(new Order("tea", "x", Optional.of("v"), descending)))
                .isEqualTo(
                        RequestFingerprint.of(new Order("tea", "x", Optional.of("v"), Map.of("c", 3, "a", 1, "b", 2))))
                .isNotEqualTo(RequestFingerprint.of(new Order("tea", "x", Optional.empty(), descending)));
    }

    @Test
    void comesBackFromItsBytes() {
        RequestFingerprint fingerprint = RequestFingerprint.of(Map.of("a", 1));

        assertThat(fingerprint.toBytes()).hasSize(32);
        assertThat(RequestFingerprint.stored(fingerprint.toBytes())).isEqualTo(fingerprint);
    }
}
