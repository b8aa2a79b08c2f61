package io.millrace.inventory.republication;

import io.millrace.messaging.outbox.Outbox;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes current state again, page by page. How far it has come is a row in the database, locked for a page's time: one
 * instance at a time does a page, and when it dies another goes on from there.
 */
@Component
class Republisher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Republisher.class);
    private static final Duration IDLE = Duration.ofSeconds(5);

    private static final String DUE = """
            select after from republications
             where name = ? and due_at <= clock_timestamp()
               for update skip locked
            """;
    private static final String REACHED = "update republications set after = ? where name = ?";
    private static final String DONE = """
            update republications set after = '', due_at = clock_timestamp() + make_interval(secs => ?) where name = ?
            """;

    private final List<RepublishedState> states;
    private final Outbox outbox;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final RepublicationProperties properties;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("republisher").daemon().factory());
    private volatile boolean running;

    Republisher(
            List<RepublishedState> states,
            Outbox outbox,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            RepublicationProperties properties) {
        this.states = states;
        this.outbox = outbox;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.properties = properties;
    }

    @Override
    public void start() {
        running = true;
        var _ = timer.schedule(this::turn, 0, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void turn() {
        boolean more = false;
        try {
            for (RepublishedState state : states) {
                more |= running && !outbox.isFull() && page(state);
            }
        } finally {
            if (running) {
                Duration wait = more ? properties.pace() : IDLE;
                var _ = timer.schedule(this::turn, wait.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Publishes the next page of a state that is due; true when another follows. */
    private boolean page(RepublishedState state) {
        try {
            return Boolean.TRUE.equals(transaction.execute(_ -> {
                List<String> due = jdbc.query(DUE, (rows, _) -> rows.getString(1), state.name());
                if (due.isEmpty()) {
                    return false;
                }
                Optional<String> reached = state.republish(due.getFirst(), properties.page());
                if (reached.isPresent()) {
                    jdbc.update(REACHED, reached.get(), state.name());
                } else {
                    jdbc.update(DONE, properties.every().toMillis() / 1000.0, state.name());
                    log.atInfo().addKeyValue("state", state.name()).log("current state was published again");
                }
                return reached.isPresent();
            }));
        } catch (DataAccessException | TransactionException e) {
            log.atWarn()
                    .addKeyValue("state", state.name())
                    .log("current state not published again, trying again: {}", e.toString());
            return false;
        }
    }
}
