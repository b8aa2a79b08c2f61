package io.millrace.monitoring.logs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Searches logs, newest first.
 *
 * <p>Time, order, trace and errors are found by an index. Text, service and other levels are looked for line by line, from
 * the newest backwards, in at most {@link #MOST_LOOKED_AT} lines: a search costs a bounded time, and going on from where it
 * ended searches the rest. A full-text index would cost every line three times its storing, and find words instead of
 * what was typed.
 */
@Repository
public class LogSearch {

    /** Lines of one search: a few tenths of a second. */
    static final int MOST_LOOKED_AT = 100_000;

    private static final String COLUMNS = """
            time, id, severity, service, instance, logger, message, thread, trace_id, span_id, order_id, exception, attributes
            """;

    /** No line is stored so long before the time it claims. */
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private final JdbcTemplate jdbc;
    private final JsonMapper json = JsonMapper.shared();

    LogSearch(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What an index finds, and what is looked for line by line among that. */
    private record Conditions(
            List<String> found, List<String> looked, List<Object> foundWith, List<Object> lookedWith) {

        Conditions() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        void find(String condition, Object... parameters) {
            found.add(condition);
            foundWith.addAll(List.of(parameters));
        }

        void look(String condition, Object... parameters) {
            looked.add(condition);
            lookedWith.addAll(List.of(parameters));
        }

        String candidates() {
            return " from log_record" + where(found) + " order by time desc, id desc";
        }

        private static String where(List<String> conditions) {
            return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        }
    }

    /** Finds lines. */
    public LogPage search(LogQuery query) {
        Conditions conditions = conditions(query);
        List<Object> parameters = new ArrayList<>(conditions.foundWith);
        String statement;
        if (conditions.looked.isEmpty()) {
            statement = "select " + COLUMNS + conditions.candidates() + " limit ?";
        } else {
            statement = "select " + COLUMNS + " from (select " + COLUMNS + conditions.candidates() + " limit ?) line"
                    + Conditions.where(conditions.looked) + " limit ?";
            parameters.add(MOST_LOOKED_AT);
            parameters.addAll(conditions.lookedWith);
        }
        parameters.add(query.limit() + 1);
        List<LogLine> lines = jdbc.query(statement, (rows, _) -> line(rows), parameters.toArray());
        if (lines.size() > query.limit()) {
            List<LogLine> page = List.copyOf(lines.subList(0, query.limit()));
            return new LogPage(page, Optional.of(page.getLast().position()));
        }
        return new LogPage(lines, conditions.looked.isEmpty() ? Optional.empty() : lastLookedAt(conditions));
    }

    private Optional<LogPosition> lastLookedAt(Conditions conditions) {
        List<Object> parameters = new ArrayList<>(conditions.foundWith);
        parameters.add(MOST_LOOKED_AT - 1);
        return jdbc
                .query(
                        "select time, id" + conditions.candidates() + " offset ? limit 1",
                        (rows, _) -> new LogPosition(time(rows), rows.getLong("id")),
                        parameters.toArray())
                .stream()
                .findFirst();
    }

    private static Conditions conditions(LogQuery query) {
        Conditions conditions = new Conditions();
        query.after().ifPresent(at -> conditions.find("(time, id) < (?, ?)", at(at.time()), at.id()));
        query.from().ifPresent(from -> {
            conditions.find("time >= ?", at(from));
            conditions.find("ingested_at >= ?", at(from.minus(CLOCKS_DIFFER)));
        });
        query.to().ifPresent(to -> conditions.find("time < ?", at(to)));
        query.orderId().ifPresent(order -> conditions.find("order_id = ?", order));
        query.traceId().ifPresent(trace -> conditions.find("trace_id = ?", trace));
        switch (query.level()) {
            case TRACE -> {
                // every line is at least that severe
            }
            case ERROR, FATAL -> {
                conditions.find("severity >= 17"); // as the index is declared
                if (query.level() == Level.FATAL) {
                    conditions.look("severity >= ?", query.level().least());
                }
            }
            case DEBUG, INFO, WARN ->
                conditions.look("severity >= ?", query.level().least());
        }
        query.service().ifPresent(service -> conditions.look("service = ?", service));
        query.text().ifPresent(text -> {
            String pattern = "%" + text.replaceAll("([%_\\\\])", "\\\\$1") + "%";
            conditions.look("(message ilike ? or exception ilike ?)", pattern, pattern);
        });
        return conditions;
    }

    private LogLine line(ResultSet rows) throws SQLException {
        return new LogLine(
                Long.toString(rows.getLong("id")),
                time(rows),
                Level.of(rows.getInt("severity")).name(),
                rows.getString("service"),
                rows.getString("instance"),
                rows.getString("logger"),
                rows.getString("message"),
                rows.getString("thread"),
                rows.getString("trace_id"),
                rows.getString("span_id"),
                order(rows),
                rows.getString("exception"),
                parsed(rows.getString("attributes")));
    }

    private static @Nullable UUID order(ResultSet rows) throws SQLException {
        return rows.getObject("order_id", UUID.class);
    }

    private JsonNode parsed(String text) {
        try {
            return json.readTree(text);
        } catch (JacksonException e) {
            return json.createObjectNode().put("text", text);
        }
    }

    private static Instant time(ResultSet rows) throws SQLException {
        return rows.getObject("time", OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
