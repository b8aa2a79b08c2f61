package io.millrace.inventory.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.inventory.StockRejected;
import io.millrace.events.inventory.StockRejected.Shortage;
import io.millrace.events.inventory.StockReserved;
import io.millrace.events.inventory.StockReserved.Hold;
import io.millrace.inventory.reservation.AllocationPolicy.At;
import io.millrace.inventory.reservation.ReservationCommand.Allocate;
import io.millrace.inventory.reservation.ReservationCommand.Release;
import io.millrace.inventory.reservation.ReservationCommand.Reserve;
import io.millrace.inventory.reservation.ReservationDecision.Changed;
import io.millrace.inventory.reservation.ReservationDecision.Refused;
import io.millrace.inventory.reservation.ReservationDecision.Unchanged;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReservationDeciderTest {

    private static final UUID ORDER = UUID.fromString("0199d3a0-0000-7000-8000-000000000001");
    private static final Map<String, List<At>> TEN = Map.of("TEA", List.of(new At("LON", 10)));
    private static final List<Hold> TWO_HELD = List.of(new Hold("TEA", "LON", 2));

    private static ReservationDecision decide(
            @Nullable Reservation present, ReservationCommand command, long sequence, Map<String, List<At>> stock) {
        return ReservationDecider.decide(present, command, sequence, stock);
    }

    private static Reserve reserve(int quantity) {
        return new Reserve(ORDER, Map.of("TEA", quantity));
    }

    /** A reservation as the order's events lead to it. */
    private static Reservation reached(ReservationStatus status) {
        Reservation held = next(decide(null, reserve(2), 1, TEN));
        return switch (status) {
            case HELD -> held;
            case ALLOCATED -> next(decide(held, new Allocate(ORDER), 2, Map.of()));
            case RELEASED -> next(decide(held, new Release(ORDER), 2, Map.of()));
            case REJECTED -> next(decide(null, reserve(11), 1, TEN));
        };
    }

    private static Reservation next(ReservationDecision decision) {
        assertThat(decision).isInstanceOf(Changed.class);
        return ((Changed) decision).next();
    }

    @Test
    void holdsWhatAPlacedOrderWants() {
        assertThat(decide(null, reserve(2), 1, TEN))
                .isEqualTo(new Changed(
                        new Reservation(ORDER, ReservationStatus.HELD, 1, TWO_HELD),
                        StockEffect.HOLD,
                        new StockReserved(ORDER, TWO_HELD)));
    }

    @Test
    void holdsNothingWhenOneProductFallsShort() {
        assertThat(decide(null, new Reserve(ORDER, Map.of("TEA", 1, "CUP", 1)), 1, TEN))
                .isEqualTo(new Changed(
                        new Reservation(ORDER, ReservationStatus.REJECTED, 1, List.of()),
                        StockEffect.NONE,
                        new StockRejected(ORDER, List.of(new Shortage("CUP", 1, 0)))));
    }

    @Test
    void allocatesWhatIsHeldForAConfirmedOrder() {
        assertThat(decide(reached(ReservationStatus.HELD), new Allocate(ORDER), 2, Map.of()))
                .isEqualTo(new Changed(
                        new Reservation(ORDER, ReservationStatus.ALLOCATED, 2, TWO_HELD), StockEffect.ALLOCATE, null));
    }

    @Test
    void releasesWhatIsHeldForAnEndedOrder() {
        assertThat(decide(reached(ReservationStatus.HELD), new Release(ORDER), 2, Map.of()))
                .isEqualTo(new Changed(
                        new Reservation(ORDER, ReservationStatus.RELEASED, 2, TWO_HELD),
                        StockEffect.RELEASE_HELD,
                        null));
    }

    @Test
    void releasesWhatIsAllocatedWhenTheOrderEndsAfterAll() {
        assertThat(decide(reached(ReservationStatus.ALLOCATED), new Release(ORDER), 3, Map.of()))
                .isEqualTo(new Changed(
                        new Reservation(ORDER, ReservationStatus.RELEASED, 3, TWO_HELD),
                        StockEffect.RELEASE_ALLOCATED,
                        null));
    }

    @Test
    void neverMintsStockByReleasingWhatWasRefused() {
        assertThat(decide(reached(ReservationStatus.REJECTED), new Release(ORDER), 2, TEN))
                .isInstanceOf(Unchanged.class);
    }

    @Test
    void neverReleasesTwice() {
        assertThat(decide(reached(ReservationStatus.RELEASED), new Release(ORDER), 3, TEN))
                .isInstanceOf(Unchanged.class);
    }

    @ParameterizedTest
    @EnumSource(ReservationStatus.class)
    void doesNothingAboutAPlacingThatComesAgain(ReservationStatus status) {
        assertThat(decide(reached(status), reserve(2), 1, TEN)).isInstanceOf(Unchanged.class);
    }

    @Test
    void doesNothingAboutAConfirmationThatComesAgain() {
        assertThat(decide(reached(ReservationStatus.ALLOCATED), new Allocate(ORDER), 2, TEN))
                .isInstanceOf(Unchanged.class);
    }

    @Test
    void doesNothingAboutAConfirmationThatComesAgainAfterTheOrdersEnd() {
        Reservation released = next(decide(reached(ReservationStatus.ALLOCATED), new Release(ORDER), 3, Map.of()));

        assertThat(decide(released, new Allocate(ORDER), 2, TEN)).isInstanceOf(Unchanged.class);
    }

    @Test
    void remembersAnOrderThatEndedBeforeItsPlacingWasSeen() {
        Reservation ended = next(decide(null, new Release(ORDER), 2, Map.of()));

        assertThat(ended).isEqualTo(new Reservation(ORDER, ReservationStatus.RELEASED, 2, List.of()));
        assertThat(decide(ended, reserve(2), 1, TEN)).isInstanceOf(Unchanged.class);
        assertThat(decide(ended, new Release(ORDER), 2, TEN)).isInstanceOf(Unchanged.class);
    }

    @Test
    void refusesToConfirmWhatWasNeverReserved() {
        assertThat(decide(null, new Allocate(ORDER), 2, TEN)).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"RELEASED", "REJECTED"})
    void neverRevivesAReservationThatEnded(ReservationStatus status) {
        assertThat(decide(reached(status), new Allocate(ORDER), 9, TEN)).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @EnumSource(ReservationStatus.class)
    void refusesASecondPlacing(ReservationStatus status) {
        assertThat(decide(reached(status), reserve(2), 9, TEN)).isInstanceOf(Refused.class);
    }
}
