package io.millrace.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class BrokerAnswersTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LONG = BrokerAnswers.SILENCE.plusMillis(1);

    private final Watch watch = new Watch();
    private final BrokerAnswers answers = new BrokerAnswers(watch);

    @Test
    void isPatientAtFirst() {
        watch.now = NOON.plus(BrokerAnswers.SILENCE);
        assertThat(answers.silentSince()).isEmpty();

        watch.now = NOON.plus(LONG);
        assertThat(answers.silentSince()).contains(NOON);
    }

    @Test
    void hearsAnAnswerToAnyConsumer() {
        answers.look(List.of(answered("one", 5), answered("two", 7)));
        watch.now = NOON.plus(LONG);
        assertThat(answers.silentSince()).contains(NOON);

        answers.look(List.of(answered("one", 5), answered("two", 8)));
        assertThat(answers.silentSince()).isEmpty();
    }

    @Test
    void takesNothingElseForAnAnswer() {
        answers.look(List.of(answered("one", 5), answered("two", 7)));
        watch.now = NOON.plus(LONG);

        answers.look(List.of(
                answered("one", 5), // another is gone, one has not been answered yet
                answered("three", 0),
                metric("producer-metrics", "response-total", "one", 9),
                metric("consumer-metrics", "request-total", "one", 9)));

        assertThat(answers.silentSince()).contains(NOON);
    }

    private static Metric answered(String client, double times) {
        return metric("consumer-metrics", "response-total", client, times);
    }

    private static Metric metric(String group, String name, String client, double value) {
        MetricName named = new MetricName(name, group, "", Map.of("client-id", client));
        return new Metric() {
            @Override
            public MetricName metricName() {
                return named;
            }

            @Override
            public Object metricValue() {
                return value;
            }
        };
    }

    private static final class Watch extends Clock {

        private Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
