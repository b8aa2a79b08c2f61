package io.millrace.messaging.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.catalogue.TelemetryTopics;
import io.millrace.events.catalogue.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicSpecTest {

    /** How long the services remember what they have applied: docs/architecture.md lists it for each. */
    private static final Duration REMEMBERED = Duration.ofDays(35);

    static Stream<TopicSpec> keptInTime() {
        return Stream.concat(
                Stream.of(
                        TopicSpec.of(Topics.ORDER_EVENTS, -1),
                        TopicSpec.deadLetters(Topics.ORDER_EVENTS, "test.group", 1_000_000)),
                TelemetryTopics.all().stream().map(topic -> TopicSpec.of(topic, -1)));
    }

    @ParameterizedTest
    @MethodSource("keptInTime")
    void isReadNoLongerThanServicesRememberWhatTheyHaveApplied(TopicSpec spec) {
        Duration retention = millis(spec.configs(), TopicConfig.RETENTION_MS_CONFIG);
        Duration segment = millis(spec.configs(), TopicConfig.SEGMENT_MS_CONFIG);
        assertThat(segment).isEqualTo(Duration.ofDays(1));
        assertThat(retention.plus(segment)).isLessThan(REMEMBERED);
    }

    @Test
    void leavesSegmentsOfCompactedTopicsToTheBroker() {
        assertThat(TopicSpec.of(Topics.AVAILABILITY, -1).configs())
                .containsExactly(Map.entry(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    }

    private static Duration millis(Map<String, String> configs, String name) {
        assertThat(configs).containsKey(name);
        return Duration.ofMillis(Long.parseLong(configs.get(name)));
    }
}
