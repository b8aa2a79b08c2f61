package io.millrace.fraud.scoring;

/** What came of showing a transaction to a customer's history. Duplicates are an ordinary answer. */
public sealed interface Applied {

    /**
     * A transaction not seen before.
     *
     * @param features what is notable about it
     * @param history the history with it
     */
    record Fresh(Features features, CustomerHistory history) implements Applied {}

    /** The order is among those remembered: nothing changes. */
    record Duplicate() implements Applied {}

    /** Older than what is remembered: it can't be told from a duplicate, and nothing changes. */
    record TooOld() implements Applied {}
}
