/** Visits of one visitor without a long pause: what was looked at, in event time. Plain Java, without Kafka. */
@NullMarked
package io.millrace.recommendation.sessions;

import org.jspecify.annotations.NullMarked;
