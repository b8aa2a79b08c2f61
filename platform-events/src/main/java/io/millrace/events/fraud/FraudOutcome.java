package io.millrace.events.fraud;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is to happen with a scored transaction, mildest first. */
public enum FraudOutcome {
    /** Nothing stands against it. */
    @JsonProperty("approve")
    APPROVE,
    /** The customer is to prove who he is. */
    @JsonProperty("step-up")
    STEP_UP,
    /** An analyst is to decide. */
    @JsonProperty("review")
    REVIEW,
    /** It is refused. */
    @JsonProperty("block")
    BLOCK
}
