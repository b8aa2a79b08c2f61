/** The way of telemetry to Kafka: bounded queues, one thread, one producer; it never makes the application wait. */
@NullMarked
package io.millrace.telemetry.ship;

import org.jspecify.annotations.NullMarked;
