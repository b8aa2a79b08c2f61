package io.millrace.events;

/**
 * A fact that has happened, as it travels in the value of a Kafka record.
 *
 * <p>Each topic has one sealed sub-interface whose permitted records are all that the topic may carry; each record
 * names its wire type by {@link EventType}. Fields are only ever added, and added as optional; anything else is a new
 * record or a new version of the topic. No event carries names, addresses or e-mail addresses.
 */
public interface Event {}
