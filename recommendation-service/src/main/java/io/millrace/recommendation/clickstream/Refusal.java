package io.millrace.recommendation.clickstream;

import java.util.Locale;

/** Why a click is refused; its name in kebab case tags the metric. */
public enum Refusal {
    /** Without its id a repetition can't be told from a second click. */
    EVENT_ID,
    /** Not one of the types. */
    TYPE,
    /** Nobody, or no name as visitors have them. */
    VISITOR,
    /** No product, or no name as products have them. */
    SKU,
    /** Units out of range. */
    QUANTITY,
    /** A recommendation was clicked, and which is not said. */
    RECOMMENDATION,
    /** The time can't be read. */
    TIME,
    /** The time lies ahead by more than clocks differ. */
    FROM_THE_FUTURE,
    /** The time lies further back than clicks are waited for. */
    TOO_OLD;

    /** The value of the metric's tag. */
    String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
