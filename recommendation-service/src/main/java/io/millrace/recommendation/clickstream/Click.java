package io.millrace.recommendation.clickstream;

import io.millrace.events.recommendation.ClickstreamEvent;
import java.util.UUID;

/**
 * A click that is taken.
 *
 * @param eventId the shop's id of it
 * @param event what happened
 */
public record Click(UUID eventId, ClickstreamEvent event) {}
