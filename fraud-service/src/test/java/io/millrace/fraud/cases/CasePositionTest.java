package io.millrace.fraud.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CasePositionTest {

    @Test
    void readsBackItsText() {
        CasePosition position = new CasePosition(CaseFixtures.NOON, UUID.randomUUID());

        assertThat(CasePosition.parse(position.text())).contains(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_", "x", "2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z_x", "noon_0-0-0-0-0"})
    void takesNothingElse(String text) {
        assertThat(CasePosition.parse(text)).isEmpty();
    }
}
