package io.millrace.inventory.reservation;

import io.millrace.events.catalogue.Topics;
import io.millrace.events.inventory.ReservationEvent;
import io.millrace.inventory.stock.LockedStock;
import io.millrace.inventory.stock.StockLevels;
import io.millrace.messaging.outbox.Outbox;
import io.millrace.messaging.outbox.Outgoing;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Promises stock to orders: locks a batch's reservations with one statement and all levels they touch with another, decides
 * in memory in the order of the batch, and writes what changed with one statement for each table. A product that every order
 * wants is one row locked and written once. Joins the caller's transaction.
 */
@Service
public class Reservations {

    private final ReservationTable table;
    private final StockLevels levels;
    private final Outbox outbox;
    private final ReservationProperties properties;
    private final ReservationMeters meters;
    private final Clock clock;

    Reservations(
            ReservationTable table,
            StockLevels levels,
            Outbox outbox,
            ReservationProperties properties,
            ReservationMeters meters,
            Clock clock) {
        this.table = table;
        this.levels = levels;
        this.outbox = outbox;
        this.properties = properties;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * A command, and the order's event that carries it.
     *
     * @param command what the order wants
     * @param sequence of the event among the order's events
     * @param eventId the event
     * @param time when the event happened
     */
    public record Instruction(ReservationCommand command, long sequence, UUID eventId, Instant time) {}

    /**
     * Follows instructions in their order. One that was followed before changes nothing and is not answered again: the first
     * answer was committed with what it tells of, and is published for certain.
     *
     * @throws UnfulfillableOrderException when an instruction can never be followed; the transaction is to be rolled back
     */
    @Transactional
    public void follow(List<Instruction> instructions) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Set<UUID> orderIds = new LinkedHashSet<>();
        instructions.forEach(instruction -> orderIds.add(instruction.command().orderId()));
        Map<UUID, Reservation> present = table.lock(orderIds);
        LockedStock stock = levels.lock(products(instructions, present));
        Batch batch = new Batch(present, stock, now);
        instructions.forEach(batch::follow);
        batch.write();
    }

    /** Every product whose levels the batch may change. */
    private static Set<String> products(List<Instruction> instructions, Map<UUID, Reservation> present) {
        Set<String> skus = new HashSet<>();
        for (Instruction instruction : instructions) {
            Reservation reservation = present.get(instruction.command().orderId());
            if (reservation != null) {
                reservation.holds().forEach(hold -> skus.add(hold.sku()));
            } else if (instruction.command() instanceof ReservationCommand.Reserve reserve) {
                skus.addAll(reserve.wanted().keySet());
            }
        }
        return skus;
    }

    /** One batch's way from what was read to what is written. */
    private final class Batch {
        private final Map<UUID, Reservation> present;
        private final LockedStock stock;
        private final Instant now;
        private final Set<UUID> made = new LinkedHashSet<>();
        private final Set<UUID> changed = new LinkedHashSet<>();
        private final List<Outgoing<?>> answers = new ArrayList<>();

        Batch(Map<UUID, Reservation> present, LockedStock stock, Instant now) {
            this.present = present;
            this.stock = stock;
            this.now = now;
        }

        void follow(Instruction instruction) {
            UUID orderId = instruction.command().orderId();
            Reservation reservation = present.get(orderId);
            if (reservation == null && instruction.time().isBefore(now.minus(properties.keepEnded()))) {
                throw new UnfulfillableOrderException(
                        orderId,
                        "its event is older than reservations are remembered, it may have been followed before");
            }
            ReservationDecision decision = ReservationDecider.decide(
                    reservation, instruction.command(), instruction.sequence(), available(instruction.command()));
            switch (decision) {
                case ReservationDecision.Unchanged _ -> meters.repeated();
                case ReservationDecision.Refused refused ->
                    throw new UnfulfillableOrderException(orderId, refused.reason());
                case ReservationDecision.Changed next -> apply(next, reservation == null, instruction);
            }
        }

        private Map<String, List<AllocationPolicy.At>> available(ReservationCommand command) {
            Map<String, List<AllocationPolicy.At>> available = new HashMap<>();
            if (command instanceof ReservationCommand.Reserve reserve) {
                for (String sku : reserve.wanted().keySet()) {
                    available.put(
                            sku,
                            stock.levels(sku).stream()
                                    .map(level -> new AllocationPolicy.At(level.location(), level.available()))
                                    .toList());
                }
            }
            return available;
        }

        private void apply(ReservationDecision.Changed decision, boolean isNew, Instruction instruction) {
            Reservation next = decision.next();
            present.put(next.orderId(), next);
            if (isNew) {
                made.add(next.orderId());
            } else if (!made.contains(next.orderId())) {
                changed.add(next.orderId());
            }
            switch (decision.effect()) {
                case NONE -> {}
                case HOLD -> stock.hold(next.holds());
                case ALLOCATE -> stock.allocate(next.holds());
                case RELEASE_HELD -> stock.releaseHeld(next.holds());
                case RELEASE_ALLOCATED -> stock.releaseAllocated(next.holds());
            }
            if (decision.answer() != null) {
                answers.add(outgoing(decision.answer(), instruction.eventId()));
            }
            meters.turned(next.status());
        }

        private Outgoing<?> outgoing(ReservationEvent answer, UUID causationId) {
            String orderId = answer.orderId().toString();
            return new Outgoing<>(Topics.RESERVATIONS, orderId, orderId, 1, answer, now, orderId, causationId);
        }

        void write() {
            levels.write(stock);
            if (!made.isEmpty()) {
                table.insert(rows(made), now);
            }
            if (!changed.isEmpty()) {
                table.update(rows(changed));
            }
            outbox.append(answers);
        }

        private List<Reservation> rows(Set<UUID> orderIds) {
            List<Reservation> rows = new ArrayList<>(orderIds.size());
            for (UUID orderId : orderIds) {
                Reservation row = present.get(orderId);
                if (row != null) {
                    rows.add(row);
                }
            }
            return rows;
        }
    }
}
