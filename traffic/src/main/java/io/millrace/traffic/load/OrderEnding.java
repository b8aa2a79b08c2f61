package io.millrace.traffic.load;

import java.time.Duration;
import java.util.Optional;

/**
 * How an order ended.
 *
 * @param status the shop's word, for example CONFIRMED
 * @param took from placed to ended by the shop's own times, where the order tells them; else the driver takes its own
 *     observation, which is late by up to the interval it looks at
 */
public record OrderEnding(String status, Optional<Duration> took) {}
