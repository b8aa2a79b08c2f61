/** Which products go together, what is wanted now, and what of it is shown to whom. Plain Java, without Kafka. */
@NullMarked
package io.millrace.recommendation.serving;

import org.jspecify.annotations.NullMarked;
