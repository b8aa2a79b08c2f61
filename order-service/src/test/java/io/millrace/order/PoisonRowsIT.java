package io.millrace.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.fraud.FraudOutcome;
import io.millrace.testing.kafka.TopicProbe;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;

/** Rows that can't be understood, such as of another version, and those who wait beside them. */
class PoisonRowsIT extends OrderServiceContext {

    @Autowired
    private MeterRegistry meters;

    @Autowired
    @Qualifier("notificationSender") private SmartLifecycle sender;

    @AfterEach
    void removePoison() {
        jdbc.update("delete from notifications where due_at = 'infinity' or kind = 'ORDER_PRAISED'");
        jdbc.update("delete from payment_attempts where due_at = 'infinity' or status = 'PRAISED'");
    }

    @Test
    void sendsTheMailsBesideOneOfAnUnknownKind() {
        String id = ordered("tok_ok");
        sender.stop();
        // An older version's mails wait beside it, one of them about the same order.
        confirm(id);
        owe(id, "ORDER_PRAISED");
        await().atMost(SOON)
                .until(() -> count("select count(*) from notifications where order_id = '" + id + "'") == 2);
        double before = setAside("notifications");
        try (TopicProbe told = TopicProbe.fromNow(Topics.NOTIFICATION_EVENTS.name())) {
            sender.start();
            told.await(record -> isAbout(record, id));
        }
        assertThat(mailStatus(id, "ORDER_CONFIRMED")).isEqualTo("SENT");
        await().atMost(SOON).until(() -> setAside("notifications") == before + 1);
        assertThat(count("select count(*) from notifications where order_id = '" + id
                        + "' and kind = 'ORDER_PRAISED' and due_at = 'infinity' and status = 'WAITING'"
                        + " and failure = 'unreadable: IllegalArgumentException'"))
                .isEqualTo(1);
    }

    @Test
    void setsAsideAMailWhoseLinesCantBeReadUntilTheNextStart() {
        String id = ordered("tok_ok");
        sender.stop();
        confirm(id);
        await().atMost(SOON)
                .until(() -> count("select count(*) from notifications where order_id = '" + id + "'") == 1);
        String lines = String.valueOf(jdbc.queryForObject(
                "select lines::text from order_contents where order_id = ?::uuid", String.class, id));
        jdbc.update("update order_contents set lines = '{\"a\": 1}' where order_id = ?::uuid", id);
        sender.start();
        await().atMost(SOON)
                .until(() -> count("select count(*) from notifications where order_id = '" + id
                                + "' and due_at = 'infinity' and failure like 'unreadable: %'")
                        == 1);
        sender.stop();
        jdbc.update("update order_contents set lines = ?::jsonb where order_id = ?::uuid", lines, id);
        sender.start();
        await().atMost(SOON).until(() -> mailStatus(id, "ORDER_CONFIRMED"), "SENT"::equals);
    }

    @Test
    void asksForThePaymentsBesideOneOfAnUnknownStatus() {
        double before = setAside("payments");
        UUID poison = UUID.randomUUID();
        jdbc.update("""
                insert into payment_attempts (id, order_id, amount_minor, currency, payment_token, status, due_at, created_at,
                                              updated_at)
                values (?, ?, 900, 'GBP', 'tok_ok', 'PRAISED', now(), now(), now())
                """, poison, UUID.randomUUID());
        await().atMost(SOON).until(() -> setAside("payments") == before + 1);
        assertThat(count("select count(*) from payment_attempts where id = '" + poison
                        + "' and due_at = 'infinity' and status = 'PRAISED'"
                        + " and failure = 'unreadable: IllegalArgumentException'"))
                .isEqualTo(1);
        // What is known only by asking again.
        String id = ordered("tok_malformed");
        confirm(id);
        assertThat(PROVIDER.charges(id)).isEqualTo(1);
    }

    private String ordered(String token) {
        return place("tea", 2, token).id();
    }

    private void confirm(String id) {
        OTHERS.reserve(id);
        OTHERS.score(id, FraudOutcome.APPROVE);
        awaitStatus(id, "CONFIRMED");
    }

    private void owe(String id, String kind) {
        jdbc.update("""
                insert into notifications (order_id, kind, caused_by, occurred_at, created_at, due_at)
                values (?::uuid, ?, gen_random_uuid(), now(), now(), now())
                """, id, kind);
    }

    private String mailStatus(String id, String kind) {
        return String.valueOf(jdbc.queryForObject(
                "select min(status) from notifications where order_id = ?::uuid and kind = ?", String.class, id, kind));
    }

    private double setAside(String what) {
        return meters.get("millrace.order." + what + ".set-aside").counter().count();
    }
}
