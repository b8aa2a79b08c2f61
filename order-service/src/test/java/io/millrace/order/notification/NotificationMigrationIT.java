package io.millrace.order.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.DatabaseAccess;
import io.millrace.events.order.NotificationKind;
import io.millrace.testing.infra.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What becomes of orders that were there before mails were. */
class NotificationMigrationIT {

    private JdbcTemplate jdbc = new JdbcTemplate();
    private DatabaseAccess database;

    @BeforeEach
    void createDatabase() {
        database = TestPostgres.freshDatabase("migration");
        jdbc = new JdbcTemplate(
                new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIRMED, ORDER_CONFIRMED",
        "COMPLETED, ORDER_CONFIRMED",
        "REJECTED, ORDER_REJECTED",
        "EXPIRED, ORDER_EXPIRED"
    })
    void owesNothingAboutAnOrderThatHadEnded(String status, NotificationKind kind) {
        migrate("100");
        UUID order = order(status, Instant.now().minus(Duration.ofDays(3)));
        migrate("latest");
        assertThat(owed(order, kind)).isZero();
        assertThat(jdbc.queryForList("select status from notifications", String.class))
                .containsExactly("OMITTED");
    }

    @ParameterizedTest
    @CsvSource({"PENDING, ORDER_CONFIRMED", "ON_HOLD, ORDER_REJECTED"})
    void owesAMailAboutAnOrderThatEndsLater(String status, NotificationKind kind) {
        migrate("100");
        UUID order = order(status, Instant.now().minus(Duration.ofDays(3)));
        migrate("latest");
        assertThat(owed(order, kind)).isEqualTo(1);
    }

    @Test
    void leavesAloneWhatWasOwedSince() {
        migrate("101");
        UUID before = order("CONFIRMED", Instant.now().minus(Duration.ofDays(3)));
        UUID sent = order("CONFIRMED", Instant.now().minus(Duration.ofHours(2)));
        jdbc.update("""
                insert into notifications (order_id, kind, status, caused_by, occurred_at, created_at)
                values (?, 'ORDER_CONFIRMED', 'SENT', ?, now() - interval '2 h', now() - interval '2 h')
                """, sent, UUID.randomUUID());
        // Its event is yet to be read.
        UUID ended = order("CONFIRMED", Instant.now().minus(Duration.ofHours(1)));
        migrate("latest");
        assertThat(status(sent)).containsExactly("SENT");
        assertThat(status(before)).containsExactly("OMITTED");
        assertThat(status(ended)).isEmpty();
        assertThat(owed(ended, NotificationKind.ORDER_CONFIRMED)).isEqualTo(1);
    }

    private void migrate(String target) {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("classpath:db/messaging", "classpath:db/migration")
                .target(target)
                .load()
                .migrate();
    }

    private UUID order(String status, Instant at) {
        UUID id = UUID.randomUUID();
        jdbc.update("""
                insert into orders (id, customer_id, status, stock, fraud, payment, total_minor, currency, placed_at, decide_by,
                                    order_sequence, transaction_sequence, version, history)
                values (?, 'ada', ?, 'UNKNOWN', 'UNKNOWN', 'NONE', 900, 'GBP', now() - interval '4 d', now(), 1, 1, 0,
                        ?::jsonb)
                """, id, status, "[{\"to\":\"%s\",\"at\":\"%s\",\"cause\":\"any\"}]".formatted(status, at));
        jdbc.update("""
                insert into order_contents (order_id, lines, ship_to, email, payment_token, decide_by)
                values (?, '[]', '{}', 'ada@example.org', 'tok_ok', now())
                """, id);
        return id;
    }

    /** How many mails are owed once the order's event has been read. */
    private int owed(UUID order, NotificationKind kind) {
        NotificationTable table = new NotificationTable(jdbc);
        List<UUID> unknown =
                table.insert(List.of(new Notifications.Owed(order, kind, null, UUID.randomUUID(), Instant.now())));
        assertThat(unknown).isEmpty();
        List<Notice> claimed =
                new ArrayList<>(table.claim(10, Duration.ofMinutes(1)).notices());
        assertThat(claimed).allMatch(each -> each.orderId().equals(order));
        return claimed.size();
    }

    private List<String> status(UUID order) {
        return jdbc.query("select status from notifications where order_id = ?", (row, _) -> row.getString(1), order);
    }
}
