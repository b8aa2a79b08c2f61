package io.millrace.monitoring.traces;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The spans of traces, found by the index on their trace ids. */
@Repository
public class Traces {

    /** Spans of one answer; an order's trace has some thirty, and a client may put all it does into one trace. */
    private static final int MOST = 1_000;

    private static final String SPANS = """
            select span_id, parent_id, service, instance, name, kind, started_at, duration_nanos, failed, attributes
              from span
             where trace_id = ?
             order by started_at, span_id
             limit ?
            """;

    private final JdbcTemplate jdbc;
    private final JsonMapper json = JsonMapper.shared();

    Traces(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The spans that are stored of a trace, those that began first; empty when none is.
     *
     * @param traceId 32 hexadecimal digits, in lower case
     */
    public List<TraceSpan> find(String traceId) {
        return jdbc.query(SPANS, (rows, _) -> span(rows), traceId, MOST);
    }

    private TraceSpan span(ResultSet rows) throws SQLException {
        return new TraceSpan(
                rows.getString("span_id"),
                rows.getString("parent_id"),
                rows.getString("service"),
                rows.getString("instance"),
                rows.getString("name"),
                rows.getInt("kind"),
                rows.getObject("started_at", OffsetDateTime.class).toInstant(),
                rows.getLong("duration_nanos"),
                rows.getBoolean("failed"),
                parsed(rows.getString("attributes")));
    }

    private JsonNode parsed(String text) {
        try {
            return json.readTree(text);
        } catch (JacksonException e) {
            return json.createObjectNode().put("text", text);
        }
    }
}
