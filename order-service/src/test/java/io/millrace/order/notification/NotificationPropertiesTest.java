package io.millrace.order.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class NotificationPropertiesTest {

    private static final Instant NOW = Instant.parse("2026-05-04T10:15:30Z");

    @Test
    void doublesTheWaitUpToTheLongest() {
        NotificationProperties usual = bound(Map.of());
        assertThat(usual.retry(1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(usual.retry(2)).isEqualTo(Duration.ofSeconds(4));
        assertThat(usual.retry(5)).isEqualTo(Duration.ofSeconds(32));
        assertThat(usual.retry(9)).isEqualTo(Duration.ofMinutes(5));
        assertThat(usual.retry(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(5));
        assertThat(usual.pause(100)).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({
        "port, 0",
        "host, ' '",
        "username, somebody",
        "from, 'a@b, c@d'",
        "domain, 'a b'",
        "workers, 0",
        "workers, 65",
        "timeout, 0s",
        "claim-for, 80s",
        "longest-retry, 1s",
        "retry-for, 0s",
        "keep-for, 30d",
        "alert-after, 0s"
    })
    void refusesWhatIsOutOfRangeByItsName(String property, String value) {
        assertThatThrownBy(() -> bound(Map.of("millrace.notification." + property, value)))
                .rootCause()
                .hasMessageContaining("millrace.notification.")
                .hasMessageContaining(property.equals("username") ? "password" : property);
    }

    @Test
    void leavesAnAbsentServerAloneForLongerAndLonger() {
        ServerPause pause = new ServerPause(bound(Map.of()));
        assertThat(pause.isAway()).isFalse();
        pause.on(new MailGateway.Away("refused"), NOW);
        assertThat(pause.isAway()).isTrue();
        assertThat(pause.isOver(NOW.plusMillis(1_999))).isFalse();
        assertThat(pause.isOver(NOW.plusSeconds(2))).isTrue();
        // What failed together with it does not count again.
        pause.on(new MailGateway.Away("refused"), NOW.plusSeconds(1));
        assertThat(pause.isOver(NOW.plusSeconds(2))).isTrue();
        pause.on(new MailGateway.Away("refused"), NOW.plusSeconds(2));
        assertThat(pause.isOver(NOW.plusSeconds(5))).isFalse();
        assertThat(pause.isOver(NOW.plusSeconds(6))).isTrue();
        pause.on(new MailGateway.Deferred("451"), NOW.plusSeconds(6));
        assertThat(pause.isAway()).isFalse();
    }

    private static NotificationProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("millrace.notification", Bindable.of(NotificationProperties.class));
    }
}
