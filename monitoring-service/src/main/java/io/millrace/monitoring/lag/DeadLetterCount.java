package io.millrace.monitoring.lag;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a dead-letter topic.
 *
 * @param newestAt when the newest was set aside; null where there is none
 */
public record DeadLetterCount(
        String topic, long records, @Nullable Instant newestAt) {}
