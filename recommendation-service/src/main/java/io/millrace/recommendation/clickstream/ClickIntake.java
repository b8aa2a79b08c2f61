package io.millrace.recommendation.clickstream;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;

/** Takes clicks in: judges each, keeps what is taken, and says what is not. */
@Service
public class ClickIntake {

    /** Refused clicks that are named in an answer; all are counted. */
    public static final int MOST_ERRORS = 20;

    private final ClickLog log;
    private final ClickMeters meters;
    private final Clock clock;

    ClickIntake(ClickLog log, ClickMeters meters, Clock clock) {
        this.log = log;
        this.meters = meters;
        this.clock = clock;
    }

    /** What was done with a batch. */
    public sealed interface Answer {

        /**
         * What was taken is kept.
         *
         * @param accepted clicks kept
         * @param rejected clicks refused
         * @param errors why, for the first of them
         */
        record Kept(int accepted, int rejected, List<Rejection> errors) implements Answer {}

        /** The brokers did not acknowledge all of it: the batch is to be sent again, as a whole. */
        record Unavailable() implements Answer {}
    }

    /**
     * Why a click was refused.
     *
     * @param index its place in the batch, counted from 0
     * @param field the field that is wrong
     * @param message what it must be
     */
    public record Rejection(int index, String field, String message) {}

    /** Takes a batch. */
    public Answer take(List<ReportedClick> batch) {
        Instant now = clock.instant();
        List<Click> taken = new ArrayList<>(batch.size());
        List<ClickVerdict.Refused> refused = new ArrayList<>();
        List<Rejection> errors = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            switch (ClickPolicy.judge(batch.get(i), now)) {
                case ClickVerdict.Taken(var id, var event) -> taken.add(new Click(id, event));
                case ClickVerdict.Refused verdict -> {
                    refused.add(verdict);
                    if (errors.size() < MOST_ERRORS) {
                        errors.add(new Rejection(i, verdict.field(), verdict.message()));
                    }
                }
            }
        }
        if (!taken.isEmpty() && !log.keep(taken, now)) {
            return new Answer.Unavailable();
        }
        // Counted last, so that a batch that is sent again is counted once.
        taken.forEach(click -> meters.accepted(click.event()));
        refused.forEach(verdict -> meters.rejected(verdict.reason()));
        return new Answer.Kept(taken.size(), refused.size(), List.copyOf(errors));
    }
}
