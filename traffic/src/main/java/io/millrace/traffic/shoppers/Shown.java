package io.millrace.traffic.shoppers;

import java.util.List;

/**
 * A list of recommendations a visitor has before him.
 *
 * @param id the shop's, to report clicks with
 * @param skus the first is at position 1
 */
record Shown(String id, List<String> skus) {

    /** When the shop recommends nothing, or can't be asked. */
    static final Shown NOTHING = new Shown("", List.of());

    Shown {
        skus = List.copyOf(skus);
    }

    boolean isEmpty() {
        return skus.isEmpty();
    }
}
