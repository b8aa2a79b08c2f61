package io.millrace.fraud.scoring.topology;

import io.millrace.events.Envelope;
import io.millrace.events.Topic;
import io.millrace.events.fraud.TransactionScored;
import io.millrace.events.order.TransactionInitiated;
import io.millrace.fraud.scoring.Applied;
import io.millrace.fraud.scoring.CustomerHistory;
import io.millrace.fraud.scoring.FeatureEngine;
import io.millrace.fraud.scoring.RuleScorer;
import io.millrace.fraud.scoring.Score;
import io.millrace.fraud.scoring.topology.TransactionReader.Wanted;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventHeaders;
import io.millrace.messaging.EventIds;
import io.millrace.messaging.consumer.RefusedException;
import io.millrace.streams.PoisonGuard;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Scores one transaction: looks up the customer's history, computes, stores the history and forwards the decision, all
 * within the Streams transaction that also commits the offset.
 *
 * <p>An order already scored changes nothing and is answered with nothing. What can't be read, is older than what is
 * remembered, or makes the computation fail goes to the dead letters; the next record is not held up.
 */
final class ScoreTransaction implements Processor<byte[], byte[], byte[], byte[]> {

    private static final String SOURCE = "fraud-service";
    private static final String OLDER_THAN_THE_WINDOW =
            "older than the window: it can't be told from a transaction scored before";
    private static final String SCORED = Topic.typeOf(TransactionScored.class);

    private final TransactionReader reader;
    private final RuleScorer scorer;
    private final EventCodec codec;
    private final ScoringMeters meters;

    private ProcessorContext<byte[], byte[]> context;
    private PoisonGuard guard;
    private KeyValueStore<String, CustomerHistory> histories;
    private ForgottenCustomers forgotten;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    ScoreTransaction(EventCodec codec, RuleScorer scorer, ScoringMeters meters) {
        this.reader = new TransactionReader(codec);
        this.scorer = scorer;
        this.codec = codec;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        guard = new PoisonGuard(context, ScoringTopology.DEAD_LETTERS, meters::deadLettered);
        histories = context.getStateStore(ScoringTopology.HISTORIES);
        forgotten = new ForgottenCustomers(histories, meters::forgotten);
        context.schedule(
                ForgottenCustomers.EVERY,
                PunctuationType.STREAM_TIME,
                time -> forgotten.goOn(Instant.ofEpochMilli(time)));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (reader.isOfOtherType(record)) {
            meters.passedOver();
            return;
        }
        guard.compute(record, () -> reader.read(record)).ifPresent(wanted -> score(record, wanted));
    }

    private void score(Record<byte[], byte[]> record, Wanted wanted) {
        Optional<CustomerHistory> known = Optional.ofNullable(histories.get(wanted.customer()));
        guard.compute(record, () -> decide(known, wanted)).ifPresent(decision -> {
            switch (decision) {
                case Decision.Scored(Score score, CustomerHistory history) -> {
                    histories.put(wanted.customer(), history);
                    context.forward(scored(record, wanted, score), ScoringTopology.DECISIONS);
                    meters.scored(score.outcome());
                }
                case Decision.Duplicate() -> meters.duplicate();
            }
        });
    }

    private sealed interface Decision {
        record Scored(Score score, CustomerHistory history) implements Decision {}

        record Duplicate() implements Decision {}
    }

    private Decision decide(Optional<CustomerHistory> known, Wanted wanted) {
        Instant oldest = Instant.ofEpochMilli(context.currentStreamTimeMs()).minus(CustomerHistory.MEMORY);
        if (wanted.transaction().at().isBefore(oldest)) { // its customer may have been forgotten meanwhile
            throw new RefusedException(OLDER_THAN_THE_WINDOW);
        }
        return switch (FeatureEngine.apply(known, wanted.transaction())) {
            case Applied.Fresh fresh -> new Decision.Scored(scorer.score(fresh.features()), fresh.history());
            case Applied.Duplicate() -> new Decision.Duplicate();
            case Applied.TooOld() -> throw new RefusedException(OLDER_THAN_THE_WINDOW);
        };
    }

    private Record<byte[], byte[]> scored(Record<byte[], byte[]> record, Wanted wanted, Score score) {
        TransactionInitiated cause = wanted.event();
        String orderId = cause.orderId().toString();
        TransactionScored event = new TransactionScored(
                cause.orderId(),
                cause.customerId(),
                cause.amount(),
                score.outcome(),
                score.value(),
                score.hits().stream()
                        .map(hit -> new TransactionScored.Reason(hit.code(), hit.text()))
                        .toList(),
                scorer.version(),
                cause.initiatedAt());
        Envelope envelope = new Envelope(
                EventIds.derived(wanted.envelope().id(), SCORED),
                SCORED,
                SOURCE,
                wanted.envelope().time(),
                orderId,
                1, // a review, if there is one, is the second
                orderId,
                wanted.envelope().id(),
                wanted.envelope().traceparent());
        return record.withKey(orderId.getBytes(StandardCharsets.UTF_8))
                .withValue(codec.encode(event))
                .withHeaders(EventHeaders.of(envelope));
    }

    @Override
    public void close() {
        forgotten.close();
    }
}
