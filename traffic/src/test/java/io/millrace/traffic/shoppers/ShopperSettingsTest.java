package io.millrace.traffic.shoppers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShopperSettingsTest {

    @Test
    void isOffWhenNothingIsSaid() {
        ShopperSettings settings = ShopperSettings.fromEnvironment(Map.of(), 5);
        assertThat(settings.isOn()).isFalse();
        assertThat(settings.seed()).isEqualTo(5);
        assertThat(settings.tokenUrl()).isEqualTo(URI.create("http://127.0.0.1:8080/identity/oauth2/token"));
    }

    @Test
    void takesWhatTheEnvironmentSays() {
        ShopperSettings settings = ShopperSettings.fromEnvironment(
                Map.of(
                        "MILLRACE_SHOPPERS_RATE", "12.5",
                        "MILLRACE_SHOPPERS_URL", "http://proxy:8080",
                        "MILLRACE_SHOPPERS_TOKEN_URL", "",
                        "MILLRACE_SHOPPERS_SECRET", "s3cret",
                        "MILLRACE_SHOPPERS_FRAUD", "0.1",
                        "MILLRACE_SHOPPERS_SEED", "-7",
                        "MILLRACE_SHOPPERS_TRUTH", "truth.ndjson",
                        "MILLRACE_SHOPPERS_SESSIONS", "20",
                        "MILLRACE_SHOPPERS_PAUSE_MILLIS", "50",
                        "MILLRACE_SHOPPERS_RESTOCK", "false"),
                5);
        assertThat(settings)
                .isEqualTo(new ShopperSettings(
                        URI.create("http://proxy:8080"),
                        URI.create("http://proxy:8080/identity/oauth2/token"),
                        "s3cret",
                        12.5,
                        0.1,
                        -7,
                        Path.of("truth.ndjson"),
                        20,
                        Duration.ofMillis(50),
                        false));
        assertThat(settings.toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "RATE, -1",
        "RATE, 1001",
        "RATE, NaN",
        "RATE, fast",
        "FRAUD, 0.6",
        "SEED, x",
        "SESSIONS, 0",
        "PAUSE_MILLIS, 0",
        "RESTOCK, yes",
        "URL, ftp://x",
        "URL, http:// x",
        "TOKEN_URL, /token"
    })
    void refusesWhatIsOutOfRangeNamingTheVariable(String name, String value) {
        assertThatThrownBy(() -> ShopperSettings.fromEnvironment(Map.of("MILLRACE_SHOPPERS_" + name, value), 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MILLRACE_SHOPPERS_" + name + " must not be " + value);
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThatThrownBy(() -> ShopperSettings.fromEnvironment(
                        Map.of("MILLRACE_SHOPPERS_RATE", "12", "MILLRACE_SHOPPERS_SEED", "x"), 5))
                .hasMessageContaining("MILLRACE_SHOPPERS_SECRET must be set")
                .hasMessageContaining("MILLRACE_SHOPPERS_SEED must not be x");
    }
}
