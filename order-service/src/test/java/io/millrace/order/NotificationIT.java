package io.millrace.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.fraud.FraudOutcome;
import io.millrace.order.MailPeer.Received;
import io.millrace.testing.kafka.RawProducer;
import io.millrace.testing.kafka.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.SmartLifecycle;

/** Mails to customers, from an order's end to their mail server. */
class NotificationIT extends OrderServiceContext {

    /** Has whatever is sent but not yet recorded fail as it is committed; counts where no rollback takes it back. */
    private static final String REFUSE_COMMITS = """
            create sequence commits_refused;
            create function refuse_sent() returns trigger language plpgsql as $$
                begin perform nextval('commits_refused'); raise exception 'no commit here'; end $$;
            create constraint trigger refuse_sent after update on notifications deferrable initially deferred
                for each row when (new.status = 'SENT') execute function refuse_sent()
            """;

    private static final String ALLOW_COMMITS = """
            drop trigger if exists refuse_sent on notifications;
            drop function if exists refuse_sent();
            drop sequence if exists commits_refused
            """;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    @Qualifier("notificationSender") private SmartLifecycle sender;

    @Autowired
    @Qualifier("notificationsHealthIndicator") private HealthIndicator health;

    private TopicProbe told;

    @BeforeEach
    void listen() {
        told = TopicProbe.fromNow(Topics.NOTIFICATION_EVENTS.name());
    }

    @AfterEach
    void stopListening() {
        told.close();
    }

    @Test
    void mailsAConfirmedOrderOnceAndTellsIt() {
        String address = address("ada");
        String id = confirmed(address, "Ada Byron");
        Received mail = awaitMail(address);
        assertThat(mail.messageId()).isEqualTo("<" + id + ".confirmed@millrace.example>");
        assertThat(mail.header("To")).isEqualTo("Ada Byron <" + address + ">");
        assertThat(mail.header("From")).isEqualTo("Millrace <orders@millrace.example>");
        assertThat(mail.header("Subject")).contains(id);
        assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(mail.text())
                .contains("Hello Ada Byron", "2 x A thing called tea, 4.50 GBP each", "Total: 9.00 GBP", id);

        ConsumerRecord<byte[], byte[]> sent = awaitTold(id);
        assertThat(TopicProbe.key(sent)).contains(id);
        assertThat(TopicProbe.header(sent, "ce_type")).contains("notification.sent");
        assertThat(TopicProbe.header(sent, "ce_sequence")).contains("1");
        assertThat(TopicProbe.header(sent, "ce_correlationid")).contains(id);
        assertThat(TopicProbe.value(sent).orElseThrow())
                .contains("ORDER_CONFIRMED", mail.messageId())
                .doesNotContain(address, "Ada");
        assertThat(MAIL.to(address)).hasSize(1);
        assertThat(status(id)).isEqualTo("SENT");
    }

    @Test
    void saysWhyAnOrderIsRefusedAndNotHowItWasJudged() {
        String scarce = address("scarce");
        String lacking = placed(scarce, "Ada");
        OTHERS.refuseStock(lacking);
        assertThat(awaitMail(scarce).text()).contains("not available");

        String suspect = address("suspect");
        String blocked = placed(suspect, "Eve");
        OTHERS.reserve(blocked);
        OTHERS.score(blocked, FraudOutcome.BLOCK);
        Received mail = awaitMail(suspect);
        assertThat(mail.messageId()).isEqualTo("<" + blocked + ".rejected@millrace.example>");
        assertThat(mail.raw().toLowerCase(Locale.ROOT)).doesNotContain("fraud", "score", "block", "suspic");
    }

    @Test
    void sendsWhenTheServerIsBackWhileOrdersGoOn() {
        MAIL.stop();
        String address = address("patient");
        String id;
        try {
            id = confirmed(address, "Ada");
            await().atMost(SOON).until(() -> tries(id) >= 2);
            age(id, "created_at", "10 min");
            age(id, "failing_since", "10 min");
            await().atMost(SOON).until(this::status, Status.DOWN::equals);
            assertThat(meters.get("millrace.order.notifications.waiting")
                            .gauge()
                            .value())
                    .isGreaterThanOrEqualTo(1);
            assertThat(meters.get("millrace.order.notifications.oldest.age")
                            .gauge()
                            .value())
                    .isGreaterThan(300);
            assertThat(meters.get("millrace.order.notifications.failing.age")
                            .gauge()
                            .value())
                    .isGreaterThan(300);
            // Orders are confirmed as if nothing were.
            confirmed(address("other"), "Ada");
        } finally {
            MAIL.restart();
        }
        assertThat(awaitMail(address).messageId()).contains(id);
        awaitTold(id);
        assertThat(MAIL.to(address)).hasSize(1);
        await().atMost(SOON).until(this::status, Status.UP::equals);
    }

    @Test
    void sendsAgainUnderTheSameIdWhenItEndsBeforeRecording() {
        String address = address("twice");
        jdbc.execute(REFUSE_COMMITS);
        String id;
        try {
            id = confirmed(address, "Ada");
            awaitMail(address);
            // As if the process had ended: what is out is forgotten with it, and the claim runs out.
            sender.stop();
        } finally {
            jdbc.execute(ALLOW_COMMITS);
        }
        assertThat(status(id)).isEqualTo("WAITING");
        sender.start();
        jdbc.update("update notifications set due_at = now() where order_id = ?::uuid", id);
        awaitTold(id);
        assertThat(MAIL.to(address)).hasSize(2);
        assertThat(MAIL.to(address))
                .extracting(Received::raw)
                .containsOnly(MAIL.to(address).getFirst().raw());
        assertThat(eventsAbout(id)).hasSize(1);
    }

    @Test
    void doesNotSendAgainForLackOfARecordWhileItRuns() {
        String address = address("once");
        jdbc.execute(REFUSE_COMMITS);
        String id;
        try {
            id = confirmed(address, "Ada");
            awaitMail(address);
            // Recorded in vain twice, though it was sent once.
            await().atMost(SOON).until(() -> count("select last_value from commits_refused") >= 2);
            assertThat(status(id)).isEqualTo("WAITING");
        } finally {
            jdbc.execute(ALLOW_COMMITS);
        }
        awaitTold(id);
        assertThat(status(id)).isEqualTo("SENT");
        assertThat(tries(id)).isEqualTo(1);
        assertThat(MAIL.to(address)).hasSize(1);
    }

    @Test
    void tellsThatTheServerRefusesTheRecipient() {
        String address = address("bounce");
        String id = confirmed(address, "Nobody");
        ConsumerRecord<byte[], byte[]> failed = awaitTold(id);
        assertThat(TopicProbe.header(failed, "ce_type")).contains("notification.failed");
        assertThat(TopicProbe.value(failed).orElseThrow()).contains("refused").doesNotContain(address);
        assertThat(status(id)).isEqualTo("FAILED");
        assertThat(tries(id)).isEqualTo(1);
    }

    @Test
    void triesAgainWhenToldToComeLater() {
        String address = address("greylist");
        String id = confirmed(address, "Ada");
        awaitMail(address);
        awaitTold(id);
        assertThat(tries(id)).isEqualTo(2);
        assertThat(MAIL.to(address)).hasSize(1);
    }

    @Test
    void givesUpWhatTheServerWouldNotTakeForADay() {
        String id = confirmed(address("full"), "Ada");
        await().atMost(SOON).until(() -> failedAt(id));
        age(id, "deferred_since", "1 day");
        ConsumerRecord<byte[], byte[]> failed = awaitTold(id);
        assertThat(TopicProbe.header(failed, "ce_type")).contains("notification.failed");
        assertThat(TopicProbe.value(failed).orElseThrow()).contains("given-up");
    }

    @Test
    void givesNothingUpHoweverLongTheServerIsAway() {
        String address = address("greylist-late");
        MAIL.stop();
        String id;
        try {
            id = confirmed(address, "Ada");
            await().atMost(SOON).until(() -> failedAt(id));
            age(id, "created_at", "3 days");
            age(id, "failing_since", "3 days");
            int before = tries(id);
            await().atMost(SOON).until(() -> tries(id) >= before + 2);
            assertThat(status(id)).isEqualTo("WAITING");
        } finally {
            MAIL.restart();
        }
        // Nor when the server, back again, asks it to come later.
        awaitMail(address);
        assertThat(TopicProbe.header(awaitTold(id), "ce_type")).contains("notification.sent");
    }

    @Test
    void isWellHoweverManyWaitUntried() {
        // Whatever another test has left is counted no more.
        await().atMost(SOON).until(this::status, Status.UP::equals);
        MAIL.stop();
        try {
            String id = confirmed(address("untried"), "Ada");
            await().atMost(SOON).until(() -> failedAt(id));
            age(id, "created_at", "10 min");
            await().atMost(SOON)
                    .until(() -> meters.get("millrace.order.notifications.oldest.age")
                                    .gauge()
                                    .value()
                            > 300);
            assertThat(status()).isEqualTo(Status.UP);
        } finally {
            MAIL.restart();
        }
    }

    @Test
    void mailsOnceHoweverOftenTheEventComes() {
        String address = address("again");
        try (TopicProbe orders = TopicProbe.fromNow(Topics.ORDER_EVENTS.name());
                RawProducer producer = RawProducer.shared()) {
            String id = confirmed(address, "Ada");
            awaitTold(id);
            ConsumerRecord<byte[], byte[]> event = orders.await(record -> isAbout(record, id)
                    && TopicProbe.header(record, "ce_type")
                            .filter("order.confirmed"::equals)
                            .isPresent());
            double before = processed();
            for (int i = 0; i < 3; i++) {
                producer.send(event.topic(), event.partition(), event.key(), event.value(), headers(event));
            }
            await().atMost(SOON).until(() -> processed() >= before + 3);
            assertThat(count("select count(*) from notifications where order_id = '" + id + "'"))
                    .isEqualTo(1);
            // Whatever is owed after it is sent after it.
            String later = address("later");
            confirmed(later, "Ada");
            awaitMail(later);
            assertThat(MAIL.to(address)).hasSize(1);
            assertThat(eventsAbout(id)).hasSize(1);
        }
    }

    @Test
    void numbersAllThatIsToldOfAnOrder() {
        String address = address("numbered");
        String id = confirmed(address, "Ada");
        awaitTold(id);
        OTHERS.expire(id);
        await().atMost(SOON).until(() -> MAIL.to(address).size() == 2);
        await().atMost(SOON).until(() -> eventsAbout(id).size() == 2);
        assertThat(eventsAbout(id))
                .extracting(record -> TopicProbe.header(record, "ce_sequence").orElse(""))
                .containsExactly("1", "2");
        assertThat(MAIL.to(address).get(1).messageId()).isEqualTo("<" + id + ".expired@millrace.example>");
    }

    @Test
    void setsAsideWhatTellsOfAnOrderThatIsNotThere() {
        String unknown = UUID.randomUUID().toString();
        try (TopicProbe dead =
                TopicProbe.fromNow("order-service.notification." + Topics.ORDER_EVENTS.name() + ".dlt")) {
            OTHERS.expire(unknown);
            dead.await(record -> isAbout(record, unknown));
        }
        // And goes on.
        String address = address("after");
        confirmed(address, "Ada");
        awaitMail(address);
    }

    @Test
    void letsNoNameBecomeAHeaderOrALine() {
        String address = address("hostile");
        String name = "Zo\\u00eb\\r\\nBcc: victim@example.org\\r\\n\\r\\n.\\r\\nQUIT <script> \\\"x\\\", y@z";
        String id = confirmed(address, name);
        Received mail = awaitMail(address);
        assertThat(mail.header("Bcc")).isNull();
        assertThat(mail.header("To")).endsWith("<" + address + ">").contains("=?UTF-8?");
        assertThat(MAIL.to("victim@example.org")).isEmpty();
        assertThat(mail.text())
                .contains("Hello Zo\u00eb Bcc: victim@example.org . QUIT <script>")
                .contains(id);
        awaitTold(id);
    }

    private String confirmed(String address, String name) {
        String id = placed(address, name);
        OTHERS.reserve(id);
        OTHERS.score(id, FraudOutcome.APPROVE);
        awaitStatus(id, "CONFIRMED");
        return id;
    }

    private String placed(String address, String name) {
        String body = OrderApi.body("tea", 2, "tok_ok")
                .replace("ada@example.org", address)
                .replace("Ada Byron", name);
        OrderApi.Answer answer = api.place(customer, OrderApi.newKey(), body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer.id();
    }

    private static String address(String name) {
        return name + "-" + UUID.randomUUID() + "@example.org";
    }

    private static Received awaitMail(String address) {
        return await().atMost(SOON)
                .until(() -> MAIL.to(address), mails -> !mails.isEmpty())
                .getFirst();
    }

    private ConsumerRecord<byte[], byte[]> awaitTold(String id) {
        return told.await(record -> isAbout(record, id));
    }

    private List<ConsumerRecord<byte[], byte[]>> eventsAbout(String id) {
        return told.records().stream().filter(record -> isAbout(record, id)).toList();
    }

    private Status status() {
        Health present = health.health();
        return present == null ? Status.UNKNOWN : present.getStatus();
    }

    private String status(String id) {
        return String.valueOf(jdbc.queryForObject(
                "select min(status) from notifications where order_id = ?::uuid", String.class, id));
    }

    private boolean failedAt(String id) {
        return count("select count(*) from notifications where failing_since is not null and order_id = '" + id + "'")
                == 1;
    }

    /** As if a time of a row had been earlier. */
    private void age(String id, String column, String by) {
        jdbc.update(
                "update notifications set %1$s = %1$s - interval '%2$s' where order_id = ?::uuid".formatted(column, by),
                id);
    }

    private int tries(String id) {
        return (int) count("select coalesce(sum(tries), 0) from notifications where order_id = '" + id + "'");
    }

    private double processed() {
        return meters.get("millrace.consumer.records.processed")
                .tag("group", "order-service.notification")
                .counter()
                .count();
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }
}
