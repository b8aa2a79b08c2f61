package io.millrace.order.ordering;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of an order's status.
 *
 * @param from the status before; null for the first
 * @param to the status after
 * @param at when
 * @param cause why: {@code placed}, {@code payment-authorised}, {@code deadline-passed} ...
 */
public record Transition(@Nullable OrderStatus from, OrderStatus to, Instant at, String cause) {}
