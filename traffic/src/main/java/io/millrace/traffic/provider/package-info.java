/**
 * A stand-in for a card payment provider: real HTTP, a durable ledger, signed callbacks, and cards that misbehave on demand.
 * Start it by {@link io.millrace.traffic.provider.PaymentProvider}.
 */
@NullMarked
package io.millrace.traffic.provider;

import org.jspecify.annotations.NullMarked;
