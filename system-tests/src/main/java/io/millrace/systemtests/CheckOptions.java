package io.millrace.systemtests;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * What a check is told on its command line.
 *
 * @param name which check
 * @param seed makes workload and faults the same again
 * @param runs how often its rounds are repeated; empty for the usual number
 * @param length how long it loads the platform; empty for the usual time
 */
public record CheckOptions(String name, long seed, Optional<Integer> runs, Optional<Duration> length) {

    /**
     * Reads {@code NAME [--runs N] [--minutes N] [--seed N]}.
     *
     * @throws IllegalArgumentException with what is wrong, for people
     */
    public static CheckOptions parse(String[] arguments) {
        String name = "";
        long seed = System.nanoTime() & 0x7fff_ffffL;
        Optional<Integer> runs = Optional.empty();
        Optional<Duration> length = Optional.empty();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            switch (argument) {
                case "--seed" -> seed = number(arguments, ++i, argument, _ -> true);
                case "--runs" ->
                    runs = Optional.of((int) number(arguments, ++i, argument, value -> value >= 1 && value <= 10_000));
                case "--minutes" ->
                    length = Optional.of(Duration.ofMinutes(
                            number(arguments, ++i, argument, value -> value >= 1 && value <= 1_440)));
                case String other -> name = name(name, other);
            }
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a name is wanted");
        }
        return new CheckOptions(name, seed, runs, length);
    }

    private static String name(String before, String argument) {
        if (argument.startsWith("-")) {
            throw new IllegalArgumentException("no such option: " + argument);
        }
        if (!before.isEmpty()) {
            throw new IllegalArgumentException("one name is wanted, not " + before + " and " + argument);
        }
        return argument;
    }

    private static long number(String[] arguments, int at, String option, LongPredicate allowed) {
        try {
            long value = Long.parseLong(arguments[at]);
            if (allowed.test(value)) {
                return value;
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            // said below
        }
        throw new IllegalArgumentException(
                option + " wants a whole number" + (option.equals("--seed") ? "" : " from 1"));
    }
}
