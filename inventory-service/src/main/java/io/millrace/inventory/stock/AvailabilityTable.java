package io.millrace.inventory.stock;

import io.millrace.messaging.sql.SqlArrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The SQL of availability's versions. A row is locked before the levels of its product. */
@Component
class AvailabilityTable {

    private static final String CREATE = """
            insert into availability (sku)
            select sku collate "C" from unnest(?::text[]) as stocked(sku) order by 1
                on conflict do nothing
            """;
    private static final String LOCK = """
            select sku, version from availability where sku = any (?::text[]) order by sku for update
            """;
    private static final String ADVANCE = "update availability set version = version + 1 where sku = any (?::text[])";

    private final JdbcTemplate jdbc;

    AvailabilityTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks the rows of products, made where they are missing. */
    void lockOrCreate(Collection<String> skus) {
        jdbc.update(CREATE, statement -> SqlArrays.set(statement, 1, "text", skus, sku -> sku));
        lock(skus);
    }

    /** Locks the rows of products: the versions they were last published under, in the order of the skus. */
    Map<String, Long> lock(Collection<String> skus) {
        Map<String, Long> versions = new LinkedHashMap<>();
        jdbc.query(LOCK, statement -> SqlArrays.set(statement, 1, "text", skus, sku -> sku), rows -> {
            versions.put(rows.getString(1), rows.getLong(2));
        });
        return versions;
    }

    /** Raises the versions of rows under lock by one. */
    void advance(Collection<String> skus) {
        jdbc.update(ADVANCE, statement -> SqlArrays.set(statement, 1, "text", skus, sku -> sku));
    }
}
