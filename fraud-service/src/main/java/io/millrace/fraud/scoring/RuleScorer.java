package io.millrace.fraud.scoring;

import io.millrace.events.fraud.FraudOutcome;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * Decides by rules: every rule is asked, the gravest severity is the outcome, and the score says how much speaks for it.
 *
 * <p>The outcome is never raised by the number of hits, so that what a single rule does can be foretold from its
 * thresholds. The score puts cases of one outcome in order: each hit is taken as independent evidence of a fixed weight
 * (step-up 0.4, review 0.7, block 0.95), combined as 1 - (1 - w1)(1 - w2)..., and kept within the outcome's band:
 * step-up from 0.3, review from 0.6, block from 0.9, each up to the next. The weights are orders of suspicion, not
 * probabilities.
 */
public final class RuleScorer {

    /** Counts changes of what features and rules compute; thresholds speak for themselves, by their hash. */
    private static final int LOGIC = 1;

    private final List<Rule> rules;
    private final String version;

    /** Decides by these rules. */
    public RuleScorer(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        this.version = LOGIC + "-" + hash(this.rules.toString());
    }

    /**
     * Names the rule set: {@code <logic>-<hash>}, where the hash covers every rule with its thresholds. Equal
     * configurations of one release have equal versions; a changed threshold is a changed version.
     */
    public String version() {
        return version;
    }

    /** Asks every rule. */
    public Score score(Features features) {
        List<RuleHit> hits = new ArrayList<>(0);
        for (Rule rule : rules) {
            rule.check(features).ifPresent(hits::add);
        }
        if (hits.isEmpty()) {
            return new Score(FraudOutcome.APPROVE, 0, List.of());
        }
        List<RuleHit> gravest = gravestOfEachCode(hits);
        FraudOutcome outcome = gravest.getFirst().severity();
        double innocence = 1;
        for (RuleHit hit : gravest) {
            innocence *= 1 - weight(hit.severity());
        }
        return new Score(outcome, Math.min(1 - innocence, most(outcome)), gravest);
    }

    private static List<RuleHit> gravestOfEachCode(List<RuleHit> hits) {
        hits.sort(Comparator.comparing(RuleHit::severity).reversed()); // stable: ties stay in the order of the rules
        List<RuleHit> gravest = new ArrayList<>(hits.size());
        for (RuleHit hit : hits) {
            if (gravest.stream().noneMatch(graver -> graver.code().equals(hit.code()))) {
                gravest.add(hit);
            }
        }
        return List.copyOf(gravest);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static double weight(FraudOutcome severity) {
        return switch (severity) {
            case APPROVE -> 0;
            case STEP_UP -> 0.4;
            case REVIEW -> 0.7;
            case BLOCK -> 0.95;
        };
    }

    /** The top of an outcome's band; a weight lies above the bottom of its own, hence any combination does. */
    private static double most(FraudOutcome outcome) {
        return switch (outcome) {
            case APPROVE -> 0.29;
            case STEP_UP -> 0.59;
            case REVIEW -> 0.89;
            case BLOCK -> 1;
        };
    }
}
