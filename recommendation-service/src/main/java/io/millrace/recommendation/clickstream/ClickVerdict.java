package io.millrace.recommendation.clickstream;

import io.millrace.events.recommendation.ClickstreamEvent;
import java.util.UUID;

/** What becomes of a reported click. */
sealed interface ClickVerdict {

    /**
     * It is taken.
     *
     * @param eventId the shop's id
     * @param event what happened
     */
    record Taken(UUID eventId, ClickstreamEvent event) implements ClickVerdict {}

    /**
     * It is not, for this first reason.
     *
     * @param reason what kind of reason
     * @param field the field that is wrong
     * @param message what it must be
     */
    record Refused(Refusal reason, String field, String message) implements ClickVerdict {}
}
