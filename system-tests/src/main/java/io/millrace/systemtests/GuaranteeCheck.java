package io.millrace.systemtests;

import java.util.List;
import java.util.Map;

/** One guarantee of the platform, put to the test on a platform of its own. */
public interface GuaranteeCheck {

    /** What {@code ./millrace check} calls it. */
    String name();

    /** What it does and how long that usually takes, in a sentence. */
    String description();

    /**
     * Puts it to the test.
     *
     * @throws Exception when the check itself could not be carried out, which counts as not held
     */
    Outcome run(CheckOptions options, Progress progress) throws Exception;

    /**
     * What came of it.
     *
     * @param measured in {@code unit}
     * @param threshold what {@code measured} had to be
     * @param violations everything that did not hold, in words; empty when the guarantee held
     * @param figures what else is worth knowing
     */
    record Outcome(
            Number measured, Number threshold, String unit, List<String> violations, Map<String, Object> figures) {

        /** For checks that count what did not hold. */
        public static Outcome ofViolations(List<String> violations, Map<String, Object> figures) {
            return new Outcome(violations.size(), 0, "violations", violations, figures);
        }
    }
}
