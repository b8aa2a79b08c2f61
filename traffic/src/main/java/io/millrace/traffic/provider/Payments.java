package io.millrace.traffic.provider;

import io.millrace.traffic.journal.Journal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The ledger's payments: finds, decides and stores them, one at a time. Every result comes when what it tells is on the
 * disk, also when it was another request that changed it.
 */
final class Payments {

    /** Bounds the timers and callbacks that wait. */
    static final int MOST_OPEN = 100_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Journal journal;
    private final Clock clock;
    private final Consumer<Payment> followUp;

    /** @param followUp told of each payment that has come about, or has been authorised late, and is open */
    Payments(Journal journal, Clock clock, Consumer<Payment> followUp) {
        this.journal = journal;
        this.clock = clock;
        this.followUp = followUp;
    }

    private record Stored(Payment payment, CompletableFuture<Void> durable) {}

    /** A payment is asked for, maybe again. */
    CompletableFuture<Payment> ask(PaymentRequest.Checked request) {
        lock.lock();
        try {
            Optional<Stored> found = read(request.reference());
            if (found.isPresent() && !found.get().payment.isTombstone()) {
                if (!found.get().payment.wasMadeBy(request)) {
                    throw new ProblemException(Problem.keyReused());
                }
                return found.get().durable.thenApply(_ -> found.get().payment);
            }
            String paymentId = "pay_" + UUID.randomUUID();
            Payment payment = found.map(voided -> voided.payment.askedAfterVoid(request, paymentId, clock.instant()))
                    .orElseGet(() -> Payment.asked(request, paymentId, clock.instant()));
            if (payment.isOpen() && journal.openCount() >= MOST_OPEN) {
                throw new ProblemException(Problem.unavailable("too many payments are undecided"));
            }
            return store(payment).thenApply(_ -> {
                followUpIfOpen(payment);
                return payment;
            });
        } finally {
            lock.unlock();
        }
    }

    /** The payment with a reference; empty when it was never asked for. */
    CompletableFuture<Optional<Payment>> find(String reference) {
        return settled(read(reference));
    }

    /**
     * Gives a payment back.
     *
     * @return the payment as it is then; empty when it was never asked for, in which case it never will be authorised
     */
    CompletableFuture<Optional<Payment>> giveBack(String reference) {
        lock.lock();
        try {
            Optional<Stored> found = read(reference);
            if (found.isEmpty()) {
                return store(Payment.tombstone(reference, clock.instant())).thenApply(_ -> Optional.empty());
            }
            return settled(change(found.get(), payment -> payment.voided(clock.instant())));
        } finally {
            lock.unlock();
        }
    }

    /** The time of a pending payment has come. */
    CompletableFuture<Optional<Payment>> authoriseLate(String reference) {
        lock.lock();
        try {
            return settled(read(reference).flatMap(found -> change(found, it -> it.authorisedLate(clock.instant()))))
                    .thenApply(payment -> {
                        payment.ifPresent(this::followUpIfOpen);
                        return payment;
                    });
        } finally {
            lock.unlock();
        }
    }

    /** One callback has been delivered or given up. */
    CompletableFuture<Optional<Payment>> calledBack(String reference) {
        lock.lock();
        try {
            return settled(read(reference).flatMap(found -> change(found, Payment::calledBack)));
        } finally {
            lock.unlock();
        }
    }

    /** Those with which something is still to happen, oldest change first. */
    List<Payment> open() {
        return journal.openEntries().values().stream().map(Payments::decoded).toList();
    }

    private void followUpIfOpen(Payment payment) {
        if (payment.isOpen()) {
            followUp.accept(payment);
        }
    }

    private Optional<Stored> change(Stored found, UnaryOperator<Payment> decision) {
        Payment changed = decision.apply(found.payment);
        return Optional.of(changed.equals(found.payment) ? found : new Stored(changed, store(changed)));
    }

    private CompletableFuture<Void> store(Payment payment) {
        return journal.put(payment.reference(), Json.MAPPER.writeValueAsBytes(payment), payment.isOpen());
    }

    private Optional<Stored> read(String reference) {
        return journal.get(reference).map(entry -> new Stored(decoded(entry.document()), entry.durable()));
    }

    private static CompletableFuture<Optional<Payment>> settled(Optional<Stored> found) {
        return found.map(stored -> stored.durable.thenApply(
                        _ -> Optional.of(stored.payment).filter(payment -> !payment.isTombstone())))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private static Payment decoded(byte[] document) {
        return Json.MAPPER.readValue(document, Payment.class);
    }
}
