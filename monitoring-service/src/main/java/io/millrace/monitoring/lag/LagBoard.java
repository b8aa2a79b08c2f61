package io.millrace.monitoring.lag;

import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** The newest reading, for all who look. */
@Component
public class LagBoard {

    private volatile LagReading newest = new LagReading(Instant.EPOCH, List.of(), List.of());

    /** Nothing is known yet. */
    public LagBoard() {}

    /** Puts up a reading. */
    public void post(LagReading reading) {
        newest = reading;
    }

    /** The reading, as far as it can still be believed. */
    public LagReading reading(Instant now) {
        return newest.asOf(now);
    }
}
