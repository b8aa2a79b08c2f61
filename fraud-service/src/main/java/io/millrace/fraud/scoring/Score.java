package io.millrace.fraud.scoring;

import io.millrace.events.fraud.FraudOutcome;
import java.util.List;

/**
 * What was decided about a transaction.
 *
 * @param outcome what is to happen: the gravest severity among the hits
 * @param value how suspicious the transaction is, 0 to 1; rises with the outcome, see {@link RuleScorer}
 * @param hits the rules that hit, gravest first, each code once; empty for an approval
 */
public record Score(FraudOutcome outcome, double value, List<RuleHit> hits) {}
