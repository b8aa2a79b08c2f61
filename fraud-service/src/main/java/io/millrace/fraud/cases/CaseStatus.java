package io.millrace.fraud.cases;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a case stands, and what may still be done with it. */
public enum CaseStatus {
    /** An analyst may decide it. */
    @JsonProperty("open")
    OPEN,
    /** Approved; the same verdict may be repeated. */
    @JsonProperty("approved")
    APPROVED,
    /** Declined; the same verdict may be repeated. */
    @JsonProperty("declined")
    DECLINED,
    /** The order ended before anybody decided; nothing may be done. */
    @JsonProperty("closed")
    CLOSED
}
