package io.millrace.fraud.cases;

import io.millrace.events.fraud.TransactionScored;
import java.util.UUID;

/**
 * What scoring decided about an order, as it was published.
 *
 * @param id id of the event
 * @param scored the event
 */
public record Decision(UUID id, TransactionScored scored) {}
