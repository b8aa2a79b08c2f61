package io.millrace.inventory.reservation;

import io.millrace.events.inventory.StockRejected;
import io.millrace.events.inventory.StockReserved;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a reservation. Only the order's own events move it, in their order: whatever is not newer than
 * what was applied is a redelivery and changes nothing. Time plays no part: a hold lasts until its order says otherwise.
 *
 * <p>An order that ended before its placing was seen (which then was set aside, and comes later or never) leaves a
 * reservation that is released from the start: the placing is older than what was applied, so it holds nothing and is not
 * answered, as nobody waits for it any longer.
 */
final class ReservationDecider {

    private static final ReservationDecision UNCHANGED = new ReservationDecision.Unchanged();

    private ReservationDecider() {}

    /**
     * Decides.
     *
     * @param present the order's reservation; null when there is none
     * @param sequence of the order's event that carries the command
     * @param stock what is available now of the products wanted, by product
     */
    static ReservationDecision decide(
            @Nullable Reservation present,
            ReservationCommand command,
            long sequence,
            Map<String, ? extends Collection<AllocationPolicy.At>> stock) {
        if (present != null && sequence <= present.applied()) {
            return UNCHANGED;
        }
        return switch (command) {
            case ReservationCommand.Reserve reserve when present == null -> reserve(reserve, sequence, stock);
            case ReservationCommand.Reserve _ -> new ReservationDecision.Refused("the order was placed a second time");
            case ReservationCommand.Allocate _
            when present == null ->
                new ReservationDecision.Refused("the order is confirmed, and nothing was ever reserved for it");
            case ReservationCommand.Allocate _ -> allocate(present, sequence);
            case ReservationCommand.Release release
            when present == null ->
                changed(
                        new Reservation(release.orderId(), ReservationStatus.RELEASED, sequence, List.of()),
                        StockEffect.NONE);
            case ReservationCommand.Release _ -> release(present, sequence);
        };
    }

    private static ReservationDecision reserve(
            ReservationCommand.Reserve command,
            long sequence,
            Map<String, ? extends Collection<AllocationPolicy.At>> stock) {
        return switch (AllocationPolicy.choose(command.wanted(), stock)) {
            case AllocationPolicy.Served served ->
                new ReservationDecision.Changed(
                        new Reservation(command.orderId(), ReservationStatus.HELD, sequence, served.holds()),
                        StockEffect.HOLD,
                        new StockReserved(command.orderId(), served.holds()));
            case AllocationPolicy.Missing missing ->
                new ReservationDecision.Changed(
                        new Reservation(command.orderId(), ReservationStatus.REJECTED, sequence, List.of()),
                        StockEffect.NONE,
                        new StockRejected(command.orderId(), missing.shortages()));
        };
    }

    private static ReservationDecision allocate(Reservation present, long sequence) {
        return switch (present.status()) {
            case HELD -> changed(present.turned(ReservationStatus.ALLOCATED, sequence), StockEffect.ALLOCATE);
            case ALLOCATED -> UNCHANGED;
            case RELEASED -> new ReservationDecision.Refused("the order is confirmed, and its stock was released");
            case REJECTED -> new ReservationDecision.Refused("the order is confirmed, and its stock was refused");
        };
    }

    private static ReservationDecision release(Reservation present, long sequence) {
        return switch (present.status()) {
            case HELD -> changed(present.turned(ReservationStatus.RELEASED, sequence), StockEffect.RELEASE_HELD);
            case ALLOCATED ->
                changed(present.turned(ReservationStatus.RELEASED, sequence), StockEffect.RELEASE_ALLOCATED);
            // Nothing is promised, so nothing is given back: what was refused must not come back as stock.
            case RELEASED, REJECTED -> UNCHANGED;
        };
    }

    private static ReservationDecision changed(Reservation next, StockEffect effect) {
        return new ReservationDecision.Changed(next, effect, null);
    }
}
