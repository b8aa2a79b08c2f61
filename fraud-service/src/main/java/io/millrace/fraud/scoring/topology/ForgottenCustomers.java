package io.millrace.fraud.scoring.topology;

import io.millrace.fraud.scoring.CustomerHistory;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Removes the histories of customers not seen for {@link CustomerHistory#MEMORY}, a bounded part of the store at a time, so
 * that the state holds one memory's customers and not all there ever were.
 *
 * <p>Whether a history counts is decided when it is next looked at, by event time; this only gives back its room. Time is
 * stream time, so that a replay forgets what the first run forgot.
 */
final class ForgottenCustomers {

    /** How often a part is looked at, in stream time. */
    static final Duration EVERY = Duration.ofMinutes(1);

    /** Histories looked at in one part: a few milliseconds. With {@link #EVERY}, 2.8 million a day in each partition. */
    static final int PART = 2_000;

    /** How often the whole store is gone through, in stream time. */
    static final Duration ROUND = Duration.ofHours(24);

    private final KeyValueStore<String, CustomerHistory> histories;
    private final Runnable onForgotten;
    private Instant nextRound = Instant.MIN;
    private @Nullable KeyValueIterator<String, CustomerHistory> round;

    ForgottenCustomers(KeyValueStore<String, CustomerHistory> histories, Runnable onForgotten) {
        this.histories = histories;
        this.onForgotten = onForgotten;
    }

    /** Goes on with the round, or begins the next one when it is due. */
    void goOn(Instant streamTime) {
        if (round == null) {
            if (streamTime.isBefore(nextRound)) {
                return;
            }
            nextRound = streamTime.plus(ROUND);
            round = histories.all(); // a memory store's iterator copies the keys: once a round, not once a part
        }
        for (int i = 0; i < PART; i++) {
            if (!round.hasNext()) {
                close();
                return;
            }
            KeyValue<String, CustomerHistory> next = round.next();
            if (next.value.isForgottenBy(streamTime)) {
                histories.delete(next.key);
                onForgotten.run();
            }
        }
    }

    void close() {
        if (round != null) {
            round.close();
            round = null;
        }
    }
}
