package io.millrace.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.events.inventory.StockReserved.Hold;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockedStockTest {

    private final LockedStock stock = new LockedStock(List.of(level("TEA", "LON", 5), level("TEA", "MAN", 3)));

    private static Level level(String sku, String location, long onHand) {
        return new Level(sku, location, onHand, 0, 0, 0, 0, 0, 1);
    }

    private static List<Hold> of(String location, int quantity) {
        return List.of(new Hold("TEA", location, quantity));
    }

    @Test
    void countsWhatIsHeldAsNoLongerAvailable() {
        stock.hold(of("LON", 5));

        assertThat(stock.levels("TEA")).extracting(Level::available).containsExactly(0L, 3L);
        assertThat(stock.changedAvailability()).containsExactly("TEA");
    }

    @Test
    void changesNothingAvailableByAllocating() {
        LockedStock later = new LockedStock(List.of(level("TEA", "LON", 5).promised(2, 0)));
        later.allocate(of("LON", 2));

        assertThat(later.changedAvailability()).isEmpty();
        assertThat(later.changes()).singleElement().satisfies(change -> {
            assertThat(change.held()).isEqualTo(-2);
            assertThat(change.allocated()).isEqualTo(2);
        });
    }

    @Test
    void forgetsAHoldThatWasReleasedInTheSameBatch() {
        stock.hold(of("LON", 2));
        stock.releaseHeld(of("LON", 2));

        assertThat(stock.changes()).isEmpty();
    }

    @Test
    void refusesToOversell() {
        assertThatThrownBy(() -> stock.hold(of("LON", 6))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesToReleaseMoreThanIsPromised() {
        assertThatThrownBy(() -> stock.releaseHeld(of("LON", 1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> stock.releaseAllocated(of("LON", 1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesLevelsThatAreNotUnderLock() {
        assertThatThrownBy(() -> stock.hold(List.of(new Hold("CUP", "LON", 1))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(stock.levels("CUP")).isEmpty();
    }

    @Test
    void keepsTheIdentityOfTheOracle() {
        Level level = new Level("TEA", "LON", 10, 3, 2, 1, 1, 4, 7);

        assertThat(level.onHand())
                .isEqualTo(
                        level.available() + level.held() + level.allocated() + level.quarantined() - level.missing());
    }
}
