package io.millrace.recommendation.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.recommendation.serving.Shelf.Update;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShelfTest {

    private final List<String> forgotten = new ArrayList<>();
    private final Shelf shelf = new Shelf(2, forgotten::add);

    @Test
    void sellsWhatIsListedAndInStock() {
        shelf.list(Shop.product("A", 1, null, Shop.NOON));
        assertThat(shelf.buyable("A")).isEmpty(); // nothing is known of its stock

        shelf.stock("A", 1, 1);
        assertThat(shelf.buyable("A")).isPresent();
        shelf.stock("A", 2, 0);
        assertThat(shelf.buyable("A")).isEmpty();
        shelf.stock("A", 3, 5);
        assertThat(shelf.buyable("A")).isPresent();
        shelf.delist("A", 2);
        assertThat(shelf.buyable("A")).isEmpty();
        assertThat(shelf.knows("A")).isTrue();
    }

    @Test
    void ignoresWhatIsNotNewer() {
        shelf.list(Shop.product("A", 5, null, Shop.NOON));
        shelf.stock("A", 5, 0);

        assertThat(shelf.stock("A", 4, 10)).isEqualTo(Update.OUTDATED);
        assertThat(shelf.stock("A", 5, 10)).isEqualTo(Update.OUTDATED);
        assertThat(shelf.delist("A", 4)).isEqualTo(Update.OUTDATED);
        assertThat(shelf.buyable("A")).isEmpty();
        assertThat(shelf.listed("A")).isPresent();
    }

    @Test
    void mayHearOfStockFirst() {
        shelf.stock("A", 1, 1);
        assertThat(shelf.buyable("A")).isEmpty();

        shelf.list(Shop.product("A", 1, null, Shop.NOON));
        assertThat(shelf.buyable("A")).isPresent();
    }

    @Test
    void isListedSinceItsFirstListing() {
        shelf.list(Shop.product("A", 1, null, Shop.NOON));
        shelf.list(Shop.product("A", 2, "tea", Shop.NOON.plusSeconds(60)));

        assertThat(shelf.listed("A").orElseThrow().listedAt()).isEqualTo(Shop.NOON);
        shelf.delist("A", 3);
        shelf.list(Shop.product("A", 4, "tea", Shop.NOON.plusSeconds(120)));
        assertThat(shelf.listed("A").orElseThrow().listedAt()).isEqualTo(Shop.NOON.plusSeconds(120));
    }

    @Test
    void holdsABoundedNumberOfProducts() {
        shelf.list(Shop.product("A", 1, null, Shop.NOON));
        shelf.list(Shop.product("B", 1, null, Shop.NOON));

        assertThat(shelf.list(Shop.product("C", 1, null, Shop.NOON))).isEqualTo(Update.NO_ROOM);
        assertThat(shelf.list(Shop.product("A", 2, null, Shop.NOON))).isEqualTo(Update.APPLIED);
        assertThat(shelf.size()).isEqualTo(2);
    }

    /** A shop whose range changes has had any number of products. */
    @Test
    void givesTheRoomOfDelistedProductsToOthers() {
        for (int i = 0; i < 20; i++) {
            assertThat(shelf.list(Shop.product("S" + i, 1, null, Shop.NOON))).isEqualTo(Update.APPLIED);
            shelf.stock("S" + i, 1, 5);
            assertThat(shelf.buyable("S" + i)).isPresent();
            shelf.delist("S" + i, 2);
            shelf.stock("S" + i, 2, 0);
        }

        assertThat(shelf.size()).isEqualTo(1);
        assertThat(shelf.knows("S19")).isTrue();
        assertThat(forgotten).hasSize(19).doesNotContain("S19");
        assertThat(shelf.list(Shop.product("S19", 1, null, Shop.NOON))).isEqualTo(Update.OUTDATED);
    }
}
