package io.millrace.events.inventory;

import io.millrace.events.Event;

/** How much of a product can be sold now. */
public sealed interface AvailabilityEvent extends Event permits AvailabilityChanged {}
