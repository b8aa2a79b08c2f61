package io.millrace.fraud.scoring;

import io.millrace.events.fraud.FraudOutcome;

/**
 * A rule that hit.
 *
 * @param code stable code of the rule, such as {@code velocity-1h}
 * @param severity what this rule alone asks for; never {@link FraudOutcome#APPROVE}
 * @param text why, with the figures that led to it, for an analyst to read
 */
public record RuleHit(String code, FraudOutcome severity, String text) {}
