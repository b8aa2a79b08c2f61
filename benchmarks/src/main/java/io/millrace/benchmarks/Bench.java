package io.millrace.benchmarks;

import io.millrace.local.Installation;
import io.millrace.systemtests.CheckOptions;
import io.millrace.systemtests.Progress;
import java.util.List;

/**
 * {@code ./millrace bench NAME}: measures, and ends with one line of JSON. Exit code 0 when the figures suffice, 1 when not, 2
 * for bad usage.
 */
public final class Bench {

    private static final String ORDERS = "orders";
    private static final String START = "start";
    private static final List<String> ALL = List.of(ORDERS, START);

    private Bench() {}

    /** Runs the bench that is named. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        CheckOptions options;
        try {
            options = CheckOptions.parse(arguments);
            if (!ALL.contains(options.name())) {
                throw new IllegalArgumentException(
                        "no such bench: " + options.name() + "; there are " + String.join(", ", ALL));
            }
        } catch (IllegalArgumentException e) {
            System.err.println("millrace: " + e.getMessage());
            System.err.println("./millrace bench --help says what there is.");
            return 2;
        }
        Progress progress = new Progress(System.out);
        try {
            Measured measured = options.name().equals(START)
                    ? new StartBench(options, progress).run()
                    : new OrdersBench(options, progress).run();
            measured.shortcomings().forEach(line -> progress.say("NOT ENOUGH: " + line));
            System.out.println(measured.report().json(Installation.current().home()));
            return measured.shortcomings().isEmpty() ? 0 : 1;
        } catch (Exception e) { // whatever it is: nothing was measured
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            e.printStackTrace(System.out);
            return 1;
        }
    }
}
