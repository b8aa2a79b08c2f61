package io.millrace.fraud.cases;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an analyst decides about a case. */
public enum Verdict {
    /** The order may go on. */
    @JsonProperty("approve")
    APPROVE,
    /** The order is refused. */
    @JsonProperty("decline")
    DECLINE
}
