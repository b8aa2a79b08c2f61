package io.millrace.order.notification;

import io.millrace.order.groupcommit.GroupCommit;
import io.millrace.order.notification.MailGateway.Answer;
import io.millrace.order.notification.NotificationOutcomes.Answered;
import io.millrace.order.notification.NotificationOutcomes.Outcome;
import io.millrace.order.notification.NotificationTable.Claimed;
import io.millrace.order.notification.NotificationTable.Unreadable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Sends what is owed: claims mails that are due, hands each to the server on a thread of its own with no transaction open, and
 * has the answers recorded many at a time.
 *
 * <p>While the server can't be reached nothing is claimed but one mail now and then, to see whether it is back. An answer that
 * can't be recorded is kept and recorded when the database is back; only when this process ends before that is the mail sent
 * again, by whoever claims it next, with the same {@code Message-ID}.
 */
@Component
class NotificationSender implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(NotificationSender.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration WIND_DOWN = Duration.ofSeconds(10);
    /** Claimed mails for each worker: one that is sent, others at hand. */
    private static final int AT_HAND = 4;

    private static final int OUTCOME_BATCH = 200;

    private final NotificationTable table;
    private final MailGateway gateway;
    private final NotificationMeters meters;
    private final NotificationProperties properties;
    private final Clock clock;
    private final MailWording wording;
    private final ServerPause pause;
    private final GroupCommit<Answered, Outcome> outcomes;
    private final int capacity;
    private final Semaphore room;
    private final Semaphore workers;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean running;
    private ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Instant wellAt = Instant.EPOCH;
    private @Nullable Thread poller;

    NotificationSender(
            NotificationTable table,
            MailGateway gateway,
            NotificationOutcomes outcomes,
            NotificationMeters meters,
            NotificationProperties properties,
            Clock clock) {
        this.table = table;
        this.gateway = gateway;
        this.meters = meters;
        this.properties = properties;
        this.clock = clock;
        this.wording = new MailWording(properties.domain());
        this.pause = new ServerPause(properties);
        this.capacity = properties.workers() * AT_HAND;
        this.room = new Semaphore(capacity);
        this.workers = new Semaphore(properties.workers());
        this.outcomes = new GroupCommit<>("notification-outcomes", 1, OUTCOME_BATCH, 2 * capacity, outcomes::record);
    }

    @EventListener
    void on(Notifications.Due due) {
        wake.release();
    }

    @Override
    public void start() {
        running = true;
        wellAt = clock.instant();
        threads = Executors.newVirtualThreadPerTaskExecutor();
        outcomes.start();
        poller = Thread.ofVirtual().name("notification-poller").start(this::poll);
    }

    /** Lets mails under way come to their end, as far as that is soon. What is left is due again when its claim ends. */
    @Override
    public void stop() {
        running = false;
        wake.release();
        threads.shutdown();
        try {
            Thread present = poller;
            if (present != null) {
                present.join(POLL);
            }
            if (!threads.awaitTermination(WIND_DOWN.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        outcomes.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stopped after the consumers, which owe mails, and before the relay. */
    @Override
    public int getPhase() {
        return 200;
    }

    /** Whether somebody looks for mails that are due, and could do so not long ago. */
    boolean isAlive() {
        Thread present = poller;
        boolean well = clock.instant().isBefore(wellAt.plus(properties.alertAfter()));
        return running && present != null && present.isAlive() && well;
    }

    private void poll() {
        boolean resumed = false;
        try {
            while (running) {
                wake.drainPermits();
                boolean some = false;
                try {
                    resumed = resumed || resume();
                    some = claimAndWork();
                    wellAt = clock.instant();
                } catch (DataAccessException | TransactionException e) {
                    log.atWarn().log("mails that are due not read, trying again: {}", e.toString());
                } catch (RuntimeException e) {
                    // Whatever it is: without this thread no mail is sent until the process is started again.
                    log.error("mails that are due not read, trying again", e);
                }
                if (!some) {
                    boolean _ = wake.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Once in the life of a process, which may be of another version than the one that could not read them. */
    private boolean resume() {
        int rows = table.resume();
        if (rows > 0) {
            log.atInfo().addKeyValue("rows", rows).log("mails that were set aside are tried again");
        }
        return true;
    }

    /** Whether there was something to do. */
    private boolean claimAndWork() {
        int limit = claimable();
        if (limit == 0) {
            return false;
        }
        // Before the claim: by the database's clock it ends no sooner than reckoned from here.
        Instant until = clock.instant().plus(properties.claimFor());
        Claimed claimed = table.claim(limit, properties.claimFor());
        claimed.notices().forEach(notice -> work(notice, until));
        if (!claimed.unreadable().isEmpty()) {
            setAside(claimed.unreadable());
        }
        return !claimed.notices().isEmpty() || !claimed.unreadable().isEmpty();
    }

    private void setAside(List<Unreadable> rows) {
        table.setAside(rows);
        for (Unreadable row : rows) {
            meters.setAside();
            log.atError()
                    .addKeyValue("orderId", row.orderId())
                    .addKeyValue("kind", row.kind())
                    .addKeyValue("cause", row.cause())
                    .log("a mail can't be written and is set aside until the next start");
        }
    }

    /**
     * How many mails may be claimed now: none while those at hand keep the workers busy, so that a claim is worth its statement;
     * while the server is away one, and that not before its pause is over.
     */
    private int claimable() {
        int free = room.availablePermits();
        if (!pause.isAway()) {
            return 2 * free >= capacity ? free : 0;
        }
        return free == capacity && pause.isOver(clock.instant()) ? 1 : 0;
    }

    private void work(Notice notice, Instant until) {
        room.acquireUninterruptibly(); // there is: only the poller takes any
        try {
            threads.execute(() -> {
                try {
                    send(notice, until);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    room.release();
                    wake.release();
                }
            });
        } catch (RejectedExecutionException e) {
            // Stopping: the mail is found by another instance when its claim ends.
            room.release();
            log.debug("mail left to another instance", e);
        }
    }

    private void send(Notice notice, Instant until) throws InterruptedException {
        Answer answer;
        workers.acquire();
        try {
            if (!running || clock.instant().isAfter(until.minus(properties.longestWork()))) {
                return; // the claim is running out: whoever claims it next will send it
            }
            answer = pause.isAway() && !pause.isOver(clock.instant())
                    ? new MailGateway.Away("the server was away a moment ago")
                    : answer(notice);
        } finally {
            workers.release();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        pause.on(answer, now);
        settle(new Answered(notice.key(), answer, now), until);
    }

    private Answer answer(Notice notice) {
        try {
            return gateway.send(wording.mail(notice));
        } catch (RuntimeException e) {
            // A fault of ours, with this mail or all: it is tried as long as one that the server would not take.
            log.atError().addKeyValue("orderId", notice.orderId()).setCause(e).log("a mail can't be sent");
            return new MailGateway.Deferred("fault: " + e.getClass().getSimpleName());
        }
    }

    /** Records an answer, again and again while the claim lasts: a mail that is out must not be sent again for lack of it. */
    private void settle(Answered answered, Instant until) throws InterruptedException {
        while (true) {
            try {
                count(outcomes.submit(answered).join(), answered);
                return;
            } catch (CompletionException e) {
                if (!running || clock.instant().plus(POLL).isAfter(until)) {
                    log.atWarn()
                            .addKeyValue("orderId", answered.key().orderId())
                            .log("what came of a mail is not recorded: it may be sent again: {}", e.toString());
                    return;
                }
            }
            Thread.sleep(POLL);
        }
    }

    private void count(Outcome outcome, Answered answered) {
        switch (outcome) {
            case SENT -> meters.sent();
            case REFUSED -> {
                meters.refused();
                tell("a mail was refused", answered);
            }
            case GIVEN_UP -> {
                meters.givenUp();
                tell("a mail is given up", answered);
            }
            case RETRIED -> meters.retried();
            case UNCHANGED -> log.debug("a mail was settled by another instance");
        }
    }

    private static void tell(String what, Answered answered) {
        log.atWarn()
                .addKeyValue("orderId", answered.key().orderId())
                .addKeyValue("answer", answered.answer())
                .log(what);
    }
}
