package io.millrace.monitoring.ingest;

import io.millrace.messaging.sql.SqlArrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Repository;

/** How far each partition has been stored: the truth about what is to be read next, before the brokers' own record of it. */
@Repository
class Positions {

    private static final String OPEN = """
            insert into ingest_position (topic, partition, topic_id, next_offset)
            select *, 0 from unnest(?::text[], ?::int4[], ?::uuid[]) as place (topic, partition, topic_id)
             order by topic, partition
                on conflict (topic, partition) do update
               set topic_id    = excluded.topic_id,
                   next_offset = 0
             where ingest_position.topic_id <> excluded.topic_id
            """;

    private static final String READ = """
            select topic, partition, next_offset
              from ingest_position
             where (topic, partition) in (select * from unnest(?::text[], ?::int4[]))
            """;

    private static final String ADVANCE = """
            update ingest_position as position
               set next_offset = reached.next_offset
              from unnest(?::text[], ?::int4[], ?::int8[]) as reached (topic, partition, next_offset)
             where position.topic = reached.topic
               and position.partition = reached.partition
            """;

    private static final String RESTART = """
            update ingest_position as position
               set next_offset = 0
              from unnest(?::text[], ?::int4[]) as place (topic, partition)
             where position.topic = place.topic
               and position.partition = place.partition
            """;

    private final JdbcTemplate jdbc;

    Positions(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The positions, begun where there are none, and begun anew where the topic is another of the same name. */
    Map<Place, Long> open(Map<Place, UUID> topicIds) {
        List<Map.Entry<Place, UUID>> places = List.copyOf(topicIds.entrySet());
        jdbc.update(OPEN, statement -> {
            SqlArrays.set(statement, 1, "text", places, each -> each.getKey().topic());
            SqlArrays.set(statement, 2, "int4", places, each -> each.getKey().partition());
            SqlArrays.set(statement, 3, "uuid", places, Map.Entry::getValue);
        });
        return read(READ, List.copyOf(topicIds.keySet()));
    }

    /** The positions, locked in the caller's transaction against everyone else who stores from these partitions. */
    Map<Place, Long> lock(List<Place> places) {
        return read(READ + " order by topic, partition for update", places);
    }

    void advance(Map<Place, Long> reached) {
        List<Map.Entry<Place, Long>> places = List.copyOf(reached.entrySet());
        jdbc.update(ADVANCE, statement -> {
            SqlArrays.set(statement, 1, "text", places, each -> each.getKey().topic());
            SqlArrays.set(statement, 2, "int4", places, each -> each.getKey().partition());
            SqlArrays.set(statement, 3, "int8", places, Map.Entry::getValue);
        });
    }

    /** Begins partitions anew. */
    void restart(List<Place> places) {
        jdbc.update(RESTART, statement -> {
            SqlArrays.set(statement, 1, "text", places, Place::topic);
            SqlArrays.set(statement, 2, "int4", places, Place::partition);
        });
    }

    private Map<Place, Long> read(String query, List<Place> places) {
        Map<Place, Long> next = new HashMap<>();
        RowCallbackHandler row = rows -> next.put(new Place(rows.getString(1), rows.getInt(2)), rows.getLong(3));
        jdbc.query(
                query,
                statement -> {
                    SqlArrays.set(statement, 1, "text", places, Place::topic);
                    SqlArrays.set(statement, 2, "int4", places, Place::partition);
                },
                row);
        return next;
    }
}
