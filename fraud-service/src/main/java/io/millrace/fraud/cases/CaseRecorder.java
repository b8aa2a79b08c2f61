package io.millrace.fraud.cases;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Records what is heard about orders, a batch at a time, within the caller's transaction. Facts may come again, and the two
 * topics they come from in either order: the record ends the same.
 */
@Component
public class CaseRecorder {

    private final Screenings screenings;

    CaseRecorder(Screenings screenings) {
        this.screenings = screenings;
    }

    /** Records the facts; those of one order and one kind are taken once, the first. */
    public void record(List<CaseFact> facts) {
        Map<UUID, Decision> scored = new LinkedHashMap<>();
        Map<UUID, CaseFact.Ruled> ruled = new LinkedHashMap<>();
        Map<UUID, CaseFact.Ended> ended = new LinkedHashMap<>();
        for (CaseFact fact : facts) {
            switch (fact) {
                case CaseFact.Scored each -> scored.putIfAbsent(each.orderId(), each.decision());
                case CaseFact.Ruled each -> ruled.putIfAbsent(each.orderId(), each);
                case CaseFact.Ended each -> ended.putIfAbsent(each.orderId(), each);
            }
        }
        // A verdict before an ending: where both are news it is the verdict that led to the ending.
        write(scored.values(), ruled.values(), ended.values());
    }

    private void write(
            Collection<Decision> scored, Collection<CaseFact.Ruled> ruled, Collection<CaseFact.Ended> ended) {
        if (!scored.isEmpty()) {
            screenings.recordDecisions(scored);
        }
        if (!ruled.isEmpty()) {
            screenings.recordRulings(ruled);
        }
        if (!ended.isEmpty()) {
            screenings.recordEndings(ended);
        }
    }
}
