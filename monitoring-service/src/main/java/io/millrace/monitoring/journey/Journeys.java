package io.millrace.monitoring.journey;

import io.millrace.monitoring.logs.LogLine;
import io.millrace.monitoring.logs.LogQuery;
import io.millrace.monitoring.logs.LogSearch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The journeys of orders, found by the index on their ids. */
@Repository
public class Journeys {

    /** Events of one journey; an order has some ten. */
    private static final int MOST_EVENTS = 500;

    /** Log lines of one journey; the newest are kept. */
    private static final int MOST_LOGS = 500;

    private static final String EVENTS = """
            select topic, partition, record_offset, event_id, type, source, event_time, sequence, causation_id, trace_id, data
              from event
             where order_id = ?
             order by event_time, topic, partition, record_offset
             limit ?
            """;

    private final JdbcTemplate jdbc;
    private final LogSearch logs;
    private final JsonMapper json = JsonMapper.shared();

    Journeys(JdbcTemplate jdbc, LogSearch logs) {
        this.jdbc = jdbc;
        this.logs = logs;
    }

    /** The journey as far as it is known; empty when neither events nor logs are. */
    public Optional<Journey> find(UUID orderId) {
        List<JourneyEvent> events = jdbc.query(EVENTS, (rows, _) -> event(rows), orderId, MOST_EVENTS);
        List<LogLine> lines =
                logs.search(LogQuery.ofOrder(orderId, MOST_LOGS)).lines().reversed();
        return events.isEmpty() && lines.isEmpty() ? Optional.empty() : Optional.of(Journey.of(orderId, events, lines));
    }

    private JourneyEvent event(ResultSet rows) throws SQLException {
        return new JourneyEvent(
                rows.getString("topic"),
                rows.getInt("partition"),
                rows.getLong("record_offset"),
                rows.getString("event_id"),
                rows.getString("type"),
                rows.getString("source"),
                rows.getObject("event_time", OffsetDateTime.class).toInstant(),
                0,
                sequence(rows),
                rows.getString("causation_id"),
                rows.getString("trace_id"),
                parsed(rows.getString("data")));
    }

    private static @Nullable Long sequence(ResultSet rows) throws SQLException {
        return rows.getObject("sequence", Long.class);
    }

    /** Data was checked when it was stored; what this reader finds too deep or too long is shown as text. */
    private JsonNode parsed(String text) {
        try {
            return json.readTree(text);
        } catch (JacksonException e) {
            return json.createObjectNode().put("text", text);
        }
    }
}
