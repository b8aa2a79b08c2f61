package io.millrace.traffic.shoppers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * A visit's clicks, reported a few at a time. What the shop does not take is reported again with the next ones, as the same
 * clicks; there are no more of them than one visit has. One thread's.
 */
final class Reports {

    static final int BATCH = 4;

    private static final Duration LAST_WAIT = Duration.ofSeconds(2);

    private final Scene scene;
    private final String visitorId;
    private final SplittableRandom chance;
    private final List<Click> unsent = new ArrayList<>(BATCH);

    Reports(Scene scene, String visitorId, SplittableRandom chance) {
        this.scene = scene;
        this.visitorId = visitorId;
        this.chance = chance;
    }

    void add(Step step) {
        unsent.add(new Click(scene.id(chance), visitorId, step, scene.clock().instant()));
        if (unsent.size() >= BATCH) {
            send();
        }
    }

    /** Reports what was not yet. */
    void send() {
        if (unsent.isEmpty()) {
            return;
        }
        OptionalInt taken = scene.shop().report(unsent);
        if (taken.isPresent()) {
            scene.tally().add(Tally.Count.CLICKS, taken.getAsInt());
            lost(unsent.size() - taken.getAsInt());
        }
    }

    /** Reports the last ones, with a second try; what the shop does not take then is lost. */
    void finish() {
        send();
        if (!unsent.isEmpty()) {
            boolean _ = scene.pauses().pause(LAST_WAIT);
            send();
        }
        lost(unsent.size());
    }

    private void lost(int clicks) {
        scene.tally().add(Tally.Count.CLICKS_LOST, clicks);
        unsent.clear();
    }
}
