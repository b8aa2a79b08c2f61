package io.millrace.fraud.cases;

/** What an analyst hears who gave a verdict. */
public sealed interface VerdictAnswer {

    /** The case is decided so, now or before. */
    record Decided(FraudCase decided) implements VerdictAnswer {}

    /** Another verdict was given before; nothing changed. */
    record DecidedOtherwise(FraudCase decided) implements VerdictAnswer {}

    /** The order ended before anybody decided; nothing changed. */
    record OrderEnded(FraudCase closed) implements VerdictAnswer {}

    /** There is no case for such an order. */
    record Unknown() implements VerdictAnswer {}
}
