package io.millrace.monitoring.logs;

import java.util.List;
import java.util.Optional;

/**
 * What a search found.
 *
 * @param next where to go on; present also when fewer lines than wanted were found, or none, as only so many were looked at
 */
public record LogPage(List<LogLine> lines, Optional<LogPosition> next) {}
