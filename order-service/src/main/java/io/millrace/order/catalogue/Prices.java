package io.millrace.order.catalogue;

import io.millrace.events.Money;
import io.millrace.messaging.sql.SqlArrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The prices of every product that can be bought, as the catalogue's topic tells them. */
@Component
public class Prices {

    private static final String FIND = """
            select sku, name, price_minor, currency from prices where sku = any (?::text[]) and listed
            """;

    /** Versions that are not newer are dropped: the topic may be read again, and state is published again hourly. */
    private static final String MERGE = """
            insert into prices (sku, version, listed, name, price_minor, currency)
            select * from unnest(?::text[], ?::bigint[], ?::boolean[], ?::text[], ?::bigint[], ?::text[])
                on conflict (sku) do update
               set version = excluded.version, listed = excluded.listed, name = excluded.name,
                   price_minor = excluded.price_minor, currency = excluded.currency
             where prices.version < excluded.version
            """;

    private final JdbcTemplate jdbc;

    Prices(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The prices of those of the products that can be bought, by sku. */
    public Map<String, Price> find(Collection<String> skus) {
        Map<String, Price> prices = new HashMap<>();
        jdbc.query(FIND, statement -> SqlArrays.set(statement, 1, "text", skus, sku -> sku), rows -> {
            Price price =
                    new Price(rows.getString(1), rows.getString(2), new Money(rows.getLong(3), rows.getString(4)));
            prices.put(price.sku(), price);
        });
        return prices;
    }

    /** Takes over catalogue entries; of several of one product the one of the highest version stands. */
    public void merge(List<CatalogueEntry> entries) {
        Map<String, CatalogueEntry> newest = new HashMap<>();
        entries.forEach(entry -> newest.merge(entry.sku(), entry, (a, b) -> a.version() > b.version() ? a : b));
        List<CatalogueEntry> sorted = newest.values().stream()
                .sorted((a, b) -> a.sku().compareTo(b.sku()))
                .toList();
        jdbc.update(MERGE, statement -> {
            SqlArrays.set(statement, 1, "text", sorted, CatalogueEntry::sku);
            SqlArrays.set(statement, 2, "int8", sorted, CatalogueEntry::version);
            SqlArrays.set(statement, 3, "bool", sorted, entry -> entry.price() != null);
            SqlArrays.set(statement, 4, "text", sorted, entry -> of(entry, Price::name));
            SqlArrays.set(
                    statement,
                    5,
                    "int8",
                    sorted,
                    entry -> of(entry, price -> price.unitPrice().minorUnits()));
            SqlArrays.set(
                    statement,
                    6,
                    "text",
                    sorted,
                    entry -> of(entry, price -> price.unitPrice().currency()));
        });
    }

    private static @Nullable Object of(CatalogueEntry entry, Function<Price, Object> column) {
        Price price = entry.price();
        return price == null ? null : column.apply(price);
    }
}
