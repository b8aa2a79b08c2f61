package io.millrace.recommendation.clickstream;

import java.time.Instant;
import java.util.List;

/** Where clicks are kept. */
public interface ClickLog {

    /**
     * Keeps clicks, or says within two seconds that it can't. Some may be kept all the same when it says so: kept again, each
     * is the same click.
     *
     * @param now when they were taken
     * @return whether all of them are kept, on every replica in sync
     */
    boolean keep(List<Click> clicks, Instant now);
}
