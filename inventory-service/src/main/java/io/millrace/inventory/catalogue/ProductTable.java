package io.millrace.inventory.catalogue;

import io.millrace.events.inventory.ItemListed;
import io.millrace.messaging.sql.SqlArrays;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The set-based SQL of products; rows are locked in the order of their skus. */
@Component
class ProductTable {

    /** A row to lock: what it says lasts no longer than the transaction, which fills it. */
    private static final String CREATE = """
            insert into products (sku, version, listed, name, price_minor, currency, updated_at)
            values (?, 0, false, '', 0, '', clock_timestamp())
                on conflict do nothing
            """;

    /** Rows that say so already are locked, left as they are, and not returned. */
    private static final String LIST = """
            insert into products (sku, version, listed, name, price_minor, currency, category, updated_at)
            select sku collate "C", 1, true, name, price_minor, currency, category, ?::timestamptz
              from unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[])
                as given(sku, name, price_minor, currency, category)
             order by 1
                on conflict (sku) do update
               set version = products.version + 1, listed = true, name = excluded.name, price_minor = excluded.price_minor,
                   currency = excluded.currency, category = excluded.category, updated_at = excluded.updated_at
             where not products.listed
                or (products.name, products.price_minor, products.currency, products.category)
                   is distinct from (excluded.name, excluded.price_minor, excluded.currency, excluded.category)
            returning sku, version
            """;

    private static final String KNOWN = "select sku from products where sku = any (?::text[])";

    private final JdbcTemplate jdbc;

    ProductTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes sure that there is a row to lock; waits for another transaction that is making it. */
    void create(String sku) {
        jdbc.update(CREATE, sku);
    }

    /** Lists products under these words; the events of those that did not say so already. */
    List<ItemListed> list(Map<String, Listing> listings, Instant now) {
        Collection<Map.Entry<String, Listing>> rows = listings.entrySet();
        return jdbc.query(
                LIST,
                statement -> {
                    statement.setObject(1, now.atOffset(ZoneOffset.UTC));
                    SqlArrays.set(statement, 2, "text", rows, Map.Entry::getKey);
                    SqlArrays.set(
                            statement, 3, "text", rows, row -> row.getValue().name());
                    SqlArrays.set(
                            statement,
                            4,
                            "int8",
                            rows,
                            row -> row.getValue().price().minorUnits());
                    SqlArrays.set(
                            statement,
                            5,
                            "text",
                            rows,
                            row -> row.getValue().price().currency());
                    SqlArrays.set(
                            statement, 6, "text", rows, row -> row.getValue().category());
                },
                (found, _) -> event(found.getString(1), found.getLong(2), listings));
    }

    /** Those of the products that are or were in the catalogue. */
    Set<String> known(Collection<String> skus) {
        return new HashSet<>(jdbc.query(
                KNOWN,
                statement -> SqlArrays.set(statement, 1, "text", skus, sku -> sku),
                (rows, _) -> rows.getString(1)));
    }

    private static ItemListed event(String sku, long version, Map<String, Listing> listings) {
        Listing listing = listings.get(sku);
        if (listing == null) {
            throw new IllegalStateException("the database answered with a product it was not given: " + sku);
        }
        return new ItemListed(sku, version, listing.name(), listing.price(), listing.category());
    }
}
