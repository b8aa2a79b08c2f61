package io.millrace.monitoring.metrics;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Reads samples by name and time. */
@Repository
public class MetricStore {

    /** Points of one answer; of more the newest are given. */
    private static final int MOST_POINTS = 10_000;

    private static final int MOST_NAMES = 2_000;

    /** Goes from name to name by the index, instead of through every sample. */
    private static final String NAMES = """
            with recursive found as (
                (select name from metric_sample order by name limit 1)
                union all
                select (select name from metric_sample where name > found.name order by name limit 1)
                  from found
                 where found.name is not null
            )
            select name from found where name is not null limit ?
            """;

    private static final String POINTS = """
            select service, instance, kind, attributes, time, value, count
              from metric_sample
             where name = ?
               and time >= ? and time < ?
               and (?::text is null or service = ?)
             order by time desc
             limit ?
            """;

    private final JdbcTemplate jdbc;
    private final JsonMapper json = JsonMapper.shared();

    MetricStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    private record Key(String service, String instance, String kind, String attributes) {}

    /** Every name there is, sorted. */
    public List<String> names() {
        return jdbc.query(NAMES, (rows, _) -> rows.getString(1), MOST_NAMES);
    }

    /** The series of a name within a time. */
    public List<MetricSeries> series(String name, Optional<String> service, Instant from, Instant to) {
        Map<Key, List<MetricSeries.Point>> series = new LinkedHashMap<>();
        jdbc.query(
                POINTS,
                rows -> {
                    Key key = new Key(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4));
                    series.computeIfAbsent(key, _ -> new ArrayList<>())
                            .add(new MetricSeries.Point(
                                    rows.getObject(5, OffsetDateTime.class).toInstant(),
                                    rows.getDouble(6),
                                    rows.getObject(7, Long.class)));
                },
                name,
                from.atOffset(ZoneOffset.UTC),
                to.atOffset(ZoneOffset.UTC),
                service.orElse(null),
                service.orElse(null),
                MOST_POINTS);
        return series.entrySet().stream()
                .map(each -> new MetricSeries(
                        each.getKey().service,
                        each.getKey().instance,
                        each.getKey().kind,
                        json.readTree(each.getKey().attributes),
                        each.getValue().reversed()))
                .toList();
    }
}
