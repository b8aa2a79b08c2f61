package io.millrace.inventory.republication;

import java.util.Optional;

/**
 * State that is published again once in a while: readers of a compacted topic that have it drop what is not newer, readers
 * that lost it have it back.
 */
public interface RepublishedState {

    /** The row of {@code republications} that keeps how far it has come. */
    String name();

    /**
     * Publishes a page within the caller's transaction.
     *
     * @param after the key behind which to go on; empty for the beginning
     * @param limit keys of a page
     * @return the last key of the page; empty when there is nothing behind it
     */
    Optional<String> republish(String after, int limit);
}
