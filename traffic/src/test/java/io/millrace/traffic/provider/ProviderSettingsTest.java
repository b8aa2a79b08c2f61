package io.millrace.traffic.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProviderSettingsTest {

    @Test
    void refusesAnEnvironmentWithoutASecret() {
        assertThatThrownBy(() -> ProviderSettings.fromEnvironment(Map.of()))
                .hasMessageContaining("MILLRACE_PROVIDER_CALLBACK_SECRET");
    }

    @Test
    void namesTheVariableThatIsNoNumber() {
        assertThatThrownBy(() -> ProviderSettings.fromEnvironment(
                        Map.of("MILLRACE_PROVIDER_CALLBACK_SECRET", "s", "MILLRACE_PROVIDER_PORT", "x")))
                .hasMessageContaining("MILLRACE_PROVIDER_PORT");
    }

    @Test
    void waitsTwiceAsLongBeforeEachFurtherCallbackUpToTheLongest() {
        CallbackSettings settings = CallbackSettings.usual("s");
        assertThat(settings.backoffAfter(1)).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.backoffAfter(3)).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.backoffAfter(50)).isEqualTo(Duration.ofSeconds(30));
    }
}
