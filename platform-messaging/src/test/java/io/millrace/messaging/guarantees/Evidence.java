package io.millrace.messaging.guarantees;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is left when everything has come to rest.
 *
 * @param facts per aggregate, how many facts were committed
 * @param records what the topic holds, partition by partition in its order
 * @param effects per aggregate, which sequences were applied
 * @param totals per aggregate, how many effects were counted
 * @param gaps sequences that were applied although the one before had not been
 * @param waiting events still in the outbox
 */
record Evidence(
        Map<Integer, Long> facts,
        List<Published> records,
        Map<Integer, Set<Long>> effects,
        Map<Integer, Long> totals,
        long gaps,
        long waiting) {

    /** A record on the topic. */
    record Published(String id, int aggregate, long sequence, boolean committed) {}

    long factsInAll() {
        return facts.values().stream().mapToLong(Long::longValue).sum();
    }
}
