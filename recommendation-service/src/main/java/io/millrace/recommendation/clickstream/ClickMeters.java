package io.millrace.recommendation.clickstream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.events.Topic;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.recommendation.ClickstreamEvent;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Counts reported clicks: accepted by type, rejected by reason; the sum is what answered batches held. */
@Component
class ClickMeters {

    private final Map<Class<?>, Counter> accepted;
    private final Map<Refusal, Counter> rejected = new EnumMap<>(Refusal.class);

    ClickMeters(MeterRegistry meters) {
        accepted = Topics.CLICKSTREAM_EVENTS.records().stream()
                .collect(Collectors.toUnmodifiableMap(
                        type -> type,
                        type -> Counter.builder("millrace.recommendation.clicks.accepted")
                                .description("clicks kept")
                                .tag("type", Topic.typeOf(type))
                                .register(meters)));
        for (Refusal reason : Refusal.values()) {
            rejected.put(
                    reason,
                    Counter.builder("millrace.recommendation.clicks.rejected")
                            .description("clicks refused")
                            .tag("reason", reason.tag())
                            .register(meters));
        }
    }

    void accepted(ClickstreamEvent event) {
        Objects.requireNonNull(accepted.get(event.getClass())).increment();
    }

    void rejected(Refusal reason) {
        Objects.requireNonNull(rejected.get(reason)).increment();
    }
}
