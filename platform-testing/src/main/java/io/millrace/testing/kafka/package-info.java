/** Looks into topics and writes to them byte by byte, as no well-behaved client would. */
@NullMarked
package io.millrace.testing.kafka;

import org.jspecify.annotations.NullMarked;
