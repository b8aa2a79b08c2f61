package io.millrace.recommendation.serving;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.recommendation.serving.Recommendation.Code;
import io.millrace.recommendation.serving.Shelf.Update;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Counts what the index is told and what it answers. */
@Component
class ServingMeters {

    private final MeterRegistry registry;
    private final Counter arrived;
    private final Counter unknownProduct;
    private final Counter noRoom;
    private final Counter outdated;
    private final Counter shortLists;
    private final Timer answered;
    private final Map<Code, Counter> recommended = new EnumMap<>(Code.class);

    ServingMeters(MeterRegistry registry) {
        this.registry = registry;
        arrived = counter("millrace.recommendation.visits.indexed", "visits that count in what goes together");
        unknownProduct = counter("millrace.recommendation.visits.passed-over", "visits of products never listed");
        noRoom = counter("millrace.recommendation.products.left-out", "products beyond the index's bound");
        outdated = counter("millrace.recommendation.products.outdated", "listings and stock older than what is known");
        shortLists = counter("millrace.recommendation.lists.short", "answers with fewer products than wanted");
        answered = Timer.builder("millrace.recommendation.lists.answered")
                .description("time to make a list, without HTTP")
                .register(registry);
        for (Code code : Code.values()) {
            recommended.put(
                    code,
                    Counter.builder("millrace.recommendation.items.recommended")
                            .description("products in answers, by what they came from")
                            .tag("reason", code.strategy())
                            .register(registry));
        }
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    /** Shows how much the index holds. */
    void sizes(IntSupplier products, IntSupplier paired, IntSupplier visitors) {
        gauge("products", "products known", products);
        gauge("paired", "products sessions came to", paired);
        gauge("visitors", "visitors known", visitors);
    }

    private void gauge(String what, String description, IntSupplier size) {
        Gauge.builder("millrace.recommendation.index." + what, size, IntSupplier::getAsInt)
                .description(description)
                .register(registry);
    }

    void arrived() {
        arrived.increment();
    }

    void unknownProduct() {
        unknownProduct.increment();
    }

    void updated(Update update) {
        switch (update) {
            case APPLIED -> {}
            case OUTDATED -> outdated.increment();
            case NO_ROOM -> noRoom.increment();
        }
    }

    /** Times and counts an answer. */
    Recommendation timed(Supplier<Recommendation> answer, int limit) {
        Recommendation made = Objects.requireNonNull(answered.record(answer));
        if (made.items().size() < limit) {
            shortLists.increment();
        }
        made.items()
                .forEach(item -> Objects.requireNonNull(
                                recommended.get(item.reason().code()))
                        .increment());
        return made;
    }
}
