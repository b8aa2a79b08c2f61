package io.millrace.benchmarks;

import io.millrace.systemtests.ReportLine;
import java.util.List;

/**
 * What came of a bench.
 *
 * @param shortcomings which figures do not suffice, in words; empty when all do
 */
record Measured(ReportLine report, List<String> shortcomings) {}
