package io.millrace.order.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.events.Money;
import io.millrace.events.order.NotificationKind;
import io.millrace.order.notification.NotificationTable.Claimed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the sender does when claims come late, or what it is given can't be read. */
class NotificationSenderTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-05-04T10:15:30Z");

    private final NotificationProperties properties = new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("millrace.notification", Bindable.of(NotificationProperties.class));
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final ConcurrentLinkedQueue<Supplier<Claimed>> claims = new ConcurrentLinkedQueue<>();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final List<NotificationOutcomes.Answered> recorded = new CopyOnWriteArrayList<>();
    private MailGateway gateway = mail -> {
        sent.add(mail.messageId());
        return new MailGateway.Taken();
    };
    private final NotificationSender sender = new NotificationSender(
            new Table(),
            mail -> gateway.send(mail),
            new Outcomes(),
            new NotificationMeters(new SimpleMeterRegistry()),
            properties,
            ((InstantSource) now::get).withZone(ZoneOffset.UTC));

    @AfterEach
    void stop() {
        sender.stop();
    }

    @Test
    void reckonsAClaimFromBeforeItWasMade() {
        Notice late = notice();
        Notice inTime = notice();
        claims.add(() -> {
            // By the database's clock the claim begins at once, and the answer takes as long as it lasts.
            now.updateAndGet(at -> at.plus(properties.claimFor()));
            return claimed(late);
        });
        claims.add(() -> claimed(inTime));
        sender.start();
        await().atMost(SOON).until(() -> sent.contains(idOf(inTime)));
        sender.stop();
        assertThat(sent).containsExactly(idOf(inTime));
    }

    @Test
    void livesOnWhenWhatIsDueCantBeRead() {
        Notice after = notice();
        claims.add(() -> {
            throw new IllegalStateException("as no statement of ours would");
        });
        claims.add(() -> claimed(after));
        sender.start();
        await().atMost(SOON).until(() -> sent.contains(idOf(after)));
    }

    @Test
    void putsOffAMailThatItCantHandOver() {
        gateway = _ -> {
            throw new IllegalStateException("as no mail server would");
        };
        claims.add(() -> claimed(notice()));
        sender.start();
        await().atMost(SOON).until(() -> !recorded.isEmpty());
        assertThat(recorded.getFirst().answer()).isInstanceOf(MailGateway.Deferred.class);
    }

    private static Claimed claimed(Notice... notices) {
        return new Claimed(List.of(notices), List.of());
    }

    private static Notice notice() {
        return new Notice(
                UUID.randomUUID(),
                NotificationKind.ORDER_CONFIRMED,
                null,
                NOW,
                "ada@example.org",
                "Ada",
                List.of(),
                new Money(900, "GBP"));
    }

    private String idOf(Notice notice) {
        return new MailWording(properties.domain()).messageId(notice.orderId(), notice.kind());
    }

    /** Gives what the test has laid out, then nothing. */
    private final class Table extends NotificationTable {

        Table() {
            super(new JdbcTemplate());
        }

        @Override
        Claimed claim(int limit, Duration claimFor) {
            Supplier<Claimed> next = claims.poll();
            return next == null ? claimed() : next.get();
        }

        @Override
        int resume() {
            return 0;
        }
    }

    private final class Outcomes extends NotificationOutcomes {

        @SuppressWarnings("NullAway") // tells nobody
        Outcomes() {
            super(new NotificationTable(new JdbcTemplate()), null, properties);
        }

        @Override
        List<Outcome> record(List<Answered> answers) {
            recorded.addAll(answers);
            return answers.stream().map(_ -> Outcome.SENT).toList();
        }
    }
}
