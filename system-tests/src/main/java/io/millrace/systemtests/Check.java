package io.millrace.systemtests;

import io.millrace.local.Installation;
import io.millrace.systemtests.checks.IdempotencyCheck;
import io.millrace.systemtests.checks.JourneyCheck;
import io.millrace.systemtests.checks.KillCheck;
import io.millrace.systemtests.checks.OutboxCheck;
import io.millrace.systemtests.checks.OversellCheck;
import io.millrace.systemtests.checks.SmokeCheck;
import java.util.List;
import java.util.Map;

/** {@code ./millrace check NAME}: puts one guarantee to the test. Exit code 0 when it holds, 1 when not, 2 for bad usage. */
public final class Check {

    private static final List<GuaranteeCheck> CHECKS = List.of(
            new SmokeCheck(),
            new KillCheck(),
            new OversellCheck(),
            new OutboxCheck(),
            new IdempotencyCheck(),
            new JourneyCheck());
    private static final int SHOWN = 50;

    private Check() {}

    /** Runs the check that is named. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        CheckOptions options;
        GuaranteeCheck check;
        try {
            options = CheckOptions.parse(arguments);
            check = find(options.name());
        } catch (IllegalArgumentException e) {
            System.err.println("millrace: " + e.getMessage());
            System.err.println("./millrace check --help says what there is.");
            return 2;
        }
        Progress progress = new Progress(System.out);
        progress.say("check " + check.name() + ", seed " + options.seed() + ": " + check.description());
        GuaranteeCheck.Outcome outcome;
        try {
            outcome = check.run(options, progress);
        } catch (Exception e) { // whatever it is: the check is not passed, and its line is owed
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            e.printStackTrace(System.out);
            outcome = new GuaranteeCheck.Outcome(
                    -1, 0, "violations", List.of("the check broke off: " + e), Map.of("error", e.toString()));
        }
        outcome.violations().stream().limit(SHOWN).forEach(violation -> progress.say("VIOLATED: " + violation));
        if (outcome.violations().size() > SHOWN) {
            progress.say("... and " + (outcome.violations().size() - SHOWN) + " more");
        }
        System.out.println(new ReportLine(
                        check.name(),
                        outcome.measured(),
                        outcome.threshold(),
                        outcome.unit(),
                        options.seed(),
                        outcome.figures())
                .json(Installation.current().home()));
        return outcome.violations().isEmpty() ? 0 : 1;
    }

    private static GuaranteeCheck find(String name) {
        return CHECKS.stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such check: " + name + "; there are "
                        + String.join(
                                ", ", CHECKS.stream().map(GuaranteeCheck::name).toList())));
    }
}
