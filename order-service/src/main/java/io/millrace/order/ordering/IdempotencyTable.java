package io.millrace.order.ordering;

import io.millrace.messaging.sql.SqlArrays;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Which order each idempotency key has led to. */
@Component
class IdempotencyTable {

    /** In the database's order, so that two batches wait for each other and never in a circle. */
    private static final String CLAIM = """
            insert into idempotency_keys (key, request_hash, order_id, created_at)
            select key, request_hash, order_id, ?::timestamptz
              from unnest(?::uuid[], ?::uuid[], ?::uuid[]) as claimed(key, request_hash, order_id)
             order by key
                on conflict do nothing
            returning order_id
            """;

    private static final String FIND =
            "select key, request_hash, order_id from idempotency_keys where key = any (?::uuid[])";
    private static final String GIVE_UP = "delete from idempotency_keys where key = any (?::uuid[])";
    private static final String PRUNE = """
            delete from idempotency_keys
             where key in (select key from idempotency_keys where created_at < ? limit ?)
            """;

    private final JdbcTemplate jdbc;

    IdempotencyTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    record Claim(UUID key, UUID requestHash, UUID orderId) {}

    /** Claims keys for orders; returns the orders whose key was free. Waits for transactions that claim the same key. */
    Set<UUID> claim(Collection<Claim> claims, Instant now) {
        return new HashSet<>(jdbc.query(
                CLAIM,
                statement -> {
                    statement.setObject(1, utc(now));
                    SqlArrays.set(statement, 2, "uuid", claims, Claim::key);
                    SqlArrays.set(statement, 3, "uuid", claims, Claim::requestHash);
                    SqlArrays.set(statement, 4, "uuid", claims, Claim::orderId);
                },
                (rows, _) -> rows.getObject(1, UUID.class)));
    }

    Map<UUID, Claim> find(Collection<UUID> keys) {
        List<Claim> claims = jdbc.query(
                FIND,
                statement -> SqlArrays.set(statement, 1, "uuid", keys, key -> key),
                (rows, _) -> new Claim(
                        rows.getObject(1, UUID.class), rows.getObject(2, UUID.class), rows.getObject(3, UUID.class)));
        return claims.stream().collect(Collectors.toMap(Claim::key, Function.identity()));
    }

    /** Gives claimed keys back, as their requests led to no order. */
    void giveUp(Collection<UUID> keys) {
        jdbc.update(GIVE_UP, statement -> SqlArrays.set(statement, 1, "uuid", keys, key -> key));
    }

    /** Deletes keys older than that, at most so many; returns how many. */
    int prune(Instant before, int limit) {
        return jdbc.update(PRUNE, utc(before), limit);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
