package io.millrace.messaging.guarantees;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.messaging.Message;
import io.millrace.messaging.consumer.BatchSubscription;
import io.millrace.messaging.outbox.Outbox;
import io.millrace.messaging.outbox.Outgoing;
import io.millrace.messaging.topics.PublishedTopics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A small service that publishes and consumes through this module, to be killed: each instance writes facts with their
 * events, some of them in transactions that sleep before they commit or roll back, and applies what comes back.
 */
@SpringBootApplication
public class CountingService {

    /** Of each process. */
    static final int WRITERS = 3;

    /** Aggregates the facts are about; few, so that their sequences are contended. */
    static final int AGGREGATES = 40;

    /** Arguments are Spring properties; {@code facts} is how many facts all instances write together. */
    public static void main(String[] arguments) {
        ConfigurableApplicationContext context = SpringApplication.run(CountingService.class, arguments);
        long facts = context.getEnvironment().getRequiredProperty("facts", Long.class);
        Writer writer = new Writer(
                context.getBean(JdbcTemplate.class),
                new TransactionTemplate(context.getBean(PlatformTransactionManager.class)),
                context.getBean(Outbox.class));
        for (int i = 0; i < WRITERS; i++) {
            Thread.ofPlatform().name("writer-" + i).start(() -> writer.run(facts));
        }
    }

    @Bean
    MeterRegistry meterRegistry() {
        return new SimpleMeterRegistry();
    }

    @Bean
    PublishedTopics publishedTopics() {
        return new PublishedTopics(List.of(Counting.TOPIC));
    }

    @Bean
    BatchSubscription counter(JdbcTemplate jdbc) {
        return new BatchSubscription(Counting.GROUP, List.of(Counting.TOPIC), messages -> {
            for (Message<?> message : messages) {
                apply(jdbc, message);
            }
        });
    }

    /** Ignores what is at or below the last sequence applied; anything but the next one is a violation. */
    private static void apply(JdbcTemplate jdbc, Message<?> message) {
        int aggregate = Integer.parseInt(message.envelope().subject());
        long sequence = message.envelope().sequence();
        Long last = jdbc.queryForObject(
                "select last_sequence from progress where aggregate = ? for update", Long.class, aggregate);
        if (last == null || sequence > last + 1) {
            jdbc.update("insert into violations values (?, ?, ?)", aggregate, last, sequence);
        }
        if (last == null || sequence > last) {
            jdbc.update("insert into effects values (?, ?)", aggregate, sequence);
            jdbc.update(
                    "update progress set last_sequence = ?, total = total + 1 where aggregate = ?",
                    sequence,
                    aggregate);
        }
    }

    /** Writes facts until there are enough, whatever happens meanwhile. */
    private record Writer(JdbcTemplate jdbc, TransactionTemplate transaction, Outbox outbox) {

        void run(long facts) {
            while (true) {
                try {
                    Long written = jdbc.queryForObject("select count(*) from facts", Long.class);
                    if (written != null && written >= facts) {
                        jdbc.update(
                                "insert into writers_ended values (?)",
                                ProcessHandle.current().pid());
                        return;
                    }
                    for (int i = 0; i < 20; i++) {
                        write();
                    }
                } catch (DataAccessException | TransactionException e) {
                    pause(200); // the database was killed: it comes back
                }
            }
        }

        private void write() {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            int aggregate = random.nextInt(AGGREGATES);
            boolean commits = random.nextInt(10) > 0;
            int events = 1 + random.nextInt(3);
            transaction.executeWithoutResult(status -> {
                Long last = jdbc.queryForObject(
                        "select sequence from aggregates where id = ? for update", Long.class, aggregate);
                long sequence = last == null ? 0 : last;
                List<Outgoing<?>> outgoing = new ArrayList<>();
                for (int i = 0; i < events; i++) {
                    sequence++;
                    jdbc.update("insert into facts values (?, ?)", aggregate, sequence);
                    outgoing.add(event(aggregate, sequence, commits));
                }
                jdbc.update("update aggregates set sequence = ? where id = ?", sequence, aggregate);
                outbox.append(outgoing);
                // Ids are taken above and become visible late: what a reader with a watermark would miss.
                pause(random.nextInt(20) == 0 ? 300 : 2);
                if (!commits) {
                    status.setRollbackOnly();
                }
            });
        }

        private static Outgoing<Counting> event(int aggregate, long sequence, boolean commits) {
            String subject = Integer.toString(aggregate);
            return new Outgoing<>(
                    Counting.TOPIC,
                    subject,
                    subject,
                    sequence,
                    new Counted(aggregate, sequence, commits),
                    Instant.now(),
                    subject,
                    null);
        }

        /** Time that passes within the service, not time that a test waits. */
        private static void pause(long millis) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }
}
