package io.millrace.messaging.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Something this module promises, whatever is killed whenever. */
interface Guarantee {

    /** Every promise. */
    List<Guarantee> ALL = List.of(
            new NothingCommittedIsLost(),
            new NothingRolledBackIsPublished(),
            new AggregatesKeepTheirOrder(),
            new EventsKeepTheirIds(),
            new EffectsAreNeitherLostNorDoubled());

    /** Fails with what contradicts the promise. */
    void verify(Evidence evidence);

    /** Every event of a committed transaction is on its topic, and the outbox is empty in the end. */
    record NothingCommittedIsLost() implements Guarantee {
        @Override
        public void verify(Evidence evidence) {
            Map<Integer, Set<Long>> published = evidence.records().stream()
                    .collect(Collectors.groupingBy(
                            Evidence.Published::aggregate,
                            Collectors.mapping(Evidence.Published::sequence, Collectors.toSet())));
            evidence.facts()
                    .forEach((aggregate, count) -> assertThat(published.get(aggregate))
                            .as("published sequences of aggregate %s", aggregate)
                            .isEqualTo(LongStream.rangeClosed(1, count).boxed().collect(Collectors.toSet())));
            assertThat(evidence.waiting()).as("events left in the outbox").isZero();
        }
    }

    /** No event of a transaction that rolled back is on the topic. */
    record NothingRolledBackIsPublished() implements Guarantee {
        @Override
        public void verify(Evidence evidence) {
            assertThat(evidence.records()).allMatch(Evidence.Published::committed);
        }
    }

    /**
     * An aggregate's events first appear in the order of their sequence, without gaps; a repetition appears only after its
     * first appearance.
     */
    record AggregatesKeepTheirOrder() implements Guarantee {
        @Override
        public void verify(Evidence evidence) {
            Map<Integer, Long> last = new HashMap<>();
            for (Evidence.Published record : evidence.records()) {
                long before = last.getOrDefault(record.aggregate(), 0L);
                assertThat(record.sequence())
                        .as("aggregate %s after its event %s", record.aggregate(), before)
                        .isLessThanOrEqualTo(before + 1);
                last.merge(record.aggregate(), record.sequence(), Math::max);
            }
            assertThat(evidence.gaps()).as("gaps seen by the consumers").isZero();
        }
    }

    /** An event that is published again bears the same id, and no two events share one. */
    record EventsKeepTheirIds() implements Guarantee {
        @Override
        public void verify(Evidence evidence) {
            Map<String, String> eventOfId = new HashMap<>();
            Set<String> events = new HashSet<>();
            for (Evidence.Published record : evidence.records()) {
                String event = record.aggregate() + "/" + record.sequence();
                events.add(event);
                assertThat(eventOfId.computeIfAbsent(record.id(), _ -> event)).isEqualTo(event);
            }
            assertThat(eventOfId).hasSameSizeAs(events);
        }
    }

    /** Every event took effect once. */
    record EffectsAreNeitherLostNorDoubled() implements Guarantee {
        @Override
        public void verify(Evidence evidence) {
            evidence.facts().forEach((aggregate, count) -> {
                assertThat(evidence.effects().get(aggregate))
                        .as("effects on aggregate %s", aggregate)
                        .hasSize(Math.toIntExact(count));
                assertThat(evidence.totals().get(aggregate))
                        .as("effects counted on aggregate %s", aggregate)
                        .isEqualTo(count);
            });
        }
    }
}
