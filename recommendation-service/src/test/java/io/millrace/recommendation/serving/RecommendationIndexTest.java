package io.millrace.recommendation.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.recommendation.serving.Recommendation.Code;
import io.millrace.recommendation.serving.Recommendation.Reason;
import io.millrace.recommendation.sessions.VisitorKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecommendationIndexTest {

    private final Shop shop = new Shop();

    @Test
    void recommendsWhatGoesTogetherAndSaysSo() {
        shop.sells("tea", "POT", "CUP").sells("garden", "RAKE");
        shop.visited("v1", Shop.NOON, "POT", "CUP").visited("v2", Shop.NOON, "POT");

        Recommendation made = shop.index.forVisitor("v2", Set.of(), 2);

        assertThat(Shop.skus(made)).containsExactly("CUP", "RAKE");
        assertThat(made.strategy()).isEqualTo("viewed-together");
        assertThat(made.items().getFirst().reason())
                .isEqualTo(new Reason(Code.VIEWED_TOGETHER, "Viewed together with The POT", "POT"));
        assertThat(made.items().getFirst().score()).isBetween(0.01, 1.0);
        assertThat(made.items().getLast().reason()).isEqualTo(new Reason(Code.NEW, "New in the shop", null));
    }

    @Test
    void fillsFromTheCategoryThenFromAllThenFromWhatIsNew() {
        shop.sells("tea", "SEED", "TEA").sells("garden", "RAKE", "NEW", "NEWER");
        shop.visited("v1", Shop.NOON, "RAKE").visited("v2", Shop.NOON, "RAKE").visited("v3", Shop.NOON, "TEA");

        Recommendation made = shop.index.similarTo("SEED", Set.of(), 10);

        assertThat(Shop.skus(made)).containsExactly("TEA", "RAKE", "NEWER", "NEW");
        assertThat(made.items())
                .extracting(item -> item.reason().code())
                .containsExactly(Code.TRENDING_IN_CATEGORY, Code.TRENDING, Code.NEW, Code.NEW);
        assertThat(made.items().getFirst().reason().text()).isEqualTo("Popular in tea");
        assertThat(made.strategy()).isEqualTo("trending-in-category");
        assertThat(shop.meters
                        .get("millrace.recommendation.lists.short")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void recommendsWhatIsPopularToSomebodyUnknown() {
        shop.sells("tea", "A", "B", "C");
        shop.visited("v1", Shop.NOON, "B").visited("v2", Shop.NOON, "B").visited("v3", Shop.NOON, "A");

        Recommendation made = shop.index.forVisitor("never seen", Set.of(), 2);

        assertThat(Shop.skus(made)).containsExactly("B", "A");
        assertThat(made.strategy()).isEqualTo("trending");
        assertThat(made.items().getFirst().score()).isEqualTo(1);
    }

    @Test
    void followsTheFashion() {
        shop.sells("tea", "OLD", "NEW");
        for (int i = 0; i < 4; i++) {
            shop.visited("old" + i, Shop.NOON, "OLD");
        }
        shop.visited("v1", Shop.NOON.plus(Duration.ofHours(18)), "NEW");

        assertThat(Shop.skus(shop.index.forVisitor("x", Set.of(), 2))).containsExactly("NEW", "OLD");
    }

    @Test
    void answersAnEmptyShopWithAnEmptyList() {
        Recommendation made = shop.index.forVisitor("v1", Set.of(), 10);

        assertThat(made.items()).isEmpty();
        assertThat(made.strategy()).isEqualTo("none");
        assertThat(made.degraded()).isTrue();
        shop.index.loaded();
        assertThat(shop.index.forVisitor("v1", Set.of(), 10).degraded()).isFalse();
    }

    @Test
    void leavesOutProductsThatWereNeverListed() {
        shop.sells("tea", "A", "B");
        shop.visited("v1", Shop.NOON, "INVENTED", "A", "MADE-UP", "B").visited("v2", Shop.NOON, "A");

        assertThat(shop.similar("INVENTED", 10)).doesNotContain("INVENTED", "MADE-UP");
        assertThat(shop.similar("A", 1)).containsExactly("B");
        assertThat(shop.meters
                        .get("millrace.recommendation.visits.passed-over")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void showsNobodysPathAlone() {
        Shop careful = new Shop(Shop.properties(3)).sells("tea", "A", "B");
        careful.visited("v1", Shop.NOON, "A", "B").visited("v2", Shop.NOON, "A", "B");

        assertThat(careful.index.similarTo("A", Set.of(), 1).strategy()).isEqualTo("trending-in-category");
        careful.visited("v3", Shop.NOON, "A", "B");
        assertThat(careful.index.similarTo("A", Set.of(), 1).strategy()).isEqualTo("viewed-together");
    }

    @Test
    void goesByTheNewestSessionOfAVisitorWhicheverIsReadFirst() {
        shop.sells("tea", "A", "B", "C", "D");
        shop.visited("x", Shop.NOON, "A", "C").visited("y", Shop.NOON, "B", "D");
        String visitor = VisitorKey.of("v1").text();
        shop.index.arrived(visitor + "-2", "B", List.of(), Shop.NOON.plusSeconds(9_000));
        shop.index.arrived(visitor + "-1", "A", List.of(), Shop.NOON);

        assertThat(Shop.skus(shop.index.forVisitor("v1", Set.of(), 1))).containsExactly("D");
    }

    @Test
    void weighsTheNewestProductMost() {
        shop.sells("tea", "A", "B", "WITH-A", "WITH-B");
        for (int i = 0; i < 3; i++) {
            shop.visited("a" + i, Shop.NOON, "A", "WITH-A").visited("b" + i, Shop.NOON, "B", "WITH-B");
        }
        shop.visited("v1", Shop.NOON, "A", "B");

        assertThat(Shop.skus(shop.index.forVisitor("v1", Set.of(), 2))).containsExactly("WITH-B", "WITH-A");
    }

    @Test
    void hidesASoldOutProductAtOnce() {
        shop.sells("tea", "A", "B", "C");
        shop.visited("v1", Shop.NOON, "A", "B");
        assertThat(shop.similar("A", 2)).containsExactly("B", "C");

        shop.index.stock("B", 2, 0);

        assertThat(shop.similar("A", 2)).containsExactly("C");
    }

    @Test
    void forgetsTheVisitorNotSeenForLongest() {
        RecentVisits recent = new RecentVisits(2);
        for (String visitor : List.of("v1", "v2", "v1", "v3")) {
            recent.arrived(VisitorKey.of(visitor).text() + "-1", "A", List.of("B", "C", "D", "E", "F"), Shop.NOON);
        }

        assertThat(recent.of(VisitorKey.of("v2"))).isEmpty();
        assertThat(recent.of(VisitorKey.of("v1"))).containsExactly("A", "B", "C", "D", "E");
        assertThat(recent.size()).isEqualTo(2);
    }
}
