package io.millrace.traffic.shoppers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrowsingTest {

    private static final int VISITS = 4_000;
    private static final int LONGEST = 2 * Browsing.MOST_VIEWS + 2;

    private final Catalogue catalogue = Products.CATALOGUE;
    private final Population population = new Population(10);

    @Test
    void givesTheSameVisitForTheSameChance() {
        assertThat(visit(7, Shown.NOTHING)).isEqualTo(visit(7, Shown.NOTHING));
        assertThat(LongStream.range(0, 50)
                        .mapToObj(i -> visit(i, Shown.NOTHING))
                        .distinct())
                .as("and others for others")
                .hasSizeGreaterThan(45);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 100, 5_000})
    void endsAfterABoundedNumberOfStepsWhateverIsRecommended(int listed) {
        List<String> skus =
                IntStream.range(0, listed).mapToObj(i -> "SKU-" + i % 150).toList();
        for (long i = 0; i < 500; i++) {
            List<Step> steps = visit(i, new Shown("r-1", skus));
            assertThat(steps).hasSizeBetween(2, LONGEST);
            assertThat(steps.getLast()).isEqualTo(new Step.Leave());
            assertThat(steps.stream().filter(Step.Order.class::isInstance).count())
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void ordersInTheShareOfVisitsItSaysAndNeverNothing() {
        List<Step.Order> orders = all(Step.Order.class, Shown.NOTHING);
        assertThat((double) orders.size() / VISITS).isBetween(Browsing.BUYERS - 0.03, Browsing.BUYERS + 0.03);
        assertThat(orders).allSatisfy(order -> {
            assertThat(order.lines()).hasSizeBetween(1, Browsing.MOST_LINES);
            assertThat(order.lines()).extracting(line -> line.product().sku()).doesNotHaveDuplicates();
            assertThat(order.lines())
                    .allSatisfy(line -> assertThat(line.quantity())
                            .isBetween(1, line.product().price() >= 10_000 ? 1 : 29));
        });
        long large = orders.stream()
                .filter(order -> order.lines().stream().anyMatch(line -> line.quantity() >= 10))
                .count();
        assertThat(large).as("large orders").isBetween(1L, orders.size() / 20L);
    }

    @Test
    void putsIntoTheCartWhatItOrdersAfterLookingAtIt() {
        for (long i = 0; i < 500; i++) {
            List<Step> steps = visit(i, Shown.NOTHING);
            List<Line> added = steps.stream()
                    .filter(Step.AddToCart.class::isInstance)
                    .map(step -> ((Step.AddToCart) step).line())
                    .toList();
            List<Product> viewed = steps.stream()
                    .filter(Step.View.class::isInstance)
                    .map(step -> ((Step.View) step).product())
                    .toList();
            assertThat(viewed).containsAll(added.stream().map(Line::product).toList());
            steps.stream()
                    .filter(Step.Order.class::isInstance)
                    .forEach(step -> assertThat(((Step.Order) step).lines()).isEqualTo(added));
        }
    }

    @Test
    void looksAtThePopularMoreOftenThanAtTheOthers() {
        Map<String, Long> views = all(Step.View.class, Shown.NOTHING).stream()
                .collect(Collectors.groupingBy(view -> view.product().sku(), Collectors.counting()));
        long first = 0;
        long last = 0;
        for (String category : catalogue.categories()) {
            List<Product> shelf = catalogue.shelf(category).products();
            first += views.getOrDefault(shelf.getFirst().sku(), 0L);
            last += views.getOrDefault(shelf.getLast().sku(), 0L);
        }
        assertThat((double) first / last).as("rank 1 to rank 10").isBetween(6.0, 14.0);
    }

    @Test
    void looksMostlyAtWhatTheVisitorLikes() {
        long liked = 0;
        long views = 0;
        for (long i = 0; i < VISITS; i++) {
            Taste taste = Taste.of(catalogue, Chance.of(0, i));
            List<Product> viewed = products(visit(i, Shown.NOTHING), Step.View.class, Step.View::product);
            liked += viewed.stream().filter(taste::likes).count();
            views += viewed.size();
        }
        assertThat((double) liked / views).isBetween(0.7, 0.9);
    }

    @Test
    void followsRecommendationsTheMoreOftenTheBetterTheyAre() {
        double liked = clickThrough(all -> all);
        double random = clickThrough(all -> Stream.of(3, 17, 31, 45, 59, 73, 87, 95, 8, 66)
                .map(i -> Products.ALL.get(i).sku())
                .toList());
        assertThat(liked).isGreaterThan(2 * random);
        assertThat(random).isPositive();
    }

    @Test
    void followsTheFirstPositionsMost() {
        List<Step.Follow> followed = all(Step.Follow.class, new Shown("r-9", shelfOf(0)));
        Map<Integer, Long> byPosition =
                followed.stream().collect(Collectors.groupingBy(Step.Follow::position, Collectors.counting()));
        assertThat(byPosition.get(1)).isGreaterThan(byPosition.get(5)).isGreaterThan(byPosition.get(10));
        assertThat(followed).allSatisfy(follow -> {
            assertThat(follow.recommendationId()).isEqualTo("r-9");
            assertThat(follow.product().sku()).isEqualTo(shelfOf(0).get(follow.position() - 1));
        });
    }

    /** Of lists a visitor is shown all the time: his favourite category's, changed by the test. */
    private double clickThrough(UnaryOperator<List<String>> change) {
        long followed = 0;
        for (long i = 0; i < VISITS; i++) {
            String favourite = Taste.of(catalogue, Chance.of(0, i)).categories().getFirst();
            List<String> skus = catalogue.shelf(favourite).products().stream()
                    .map(Product::sku)
                    .toList();
            followed += products(visit(i, new Shown("r", change.apply(skus))), Step.Follow.class, Step.Follow::product)
                    .size();
        }
        return (double) followed / VISITS;
    }

    private List<String> shelfOf(int category) {
        return catalogue.shelf(catalogue.categories().get(category)).products().stream()
                .map(Product::sku)
                .toList();
    }

    private <T extends Step> List<T> all(Class<T> type, Shown shown) {
        return LongStream.range(0, VISITS)
                .boxed()
                .flatMap(i -> visit(i, shown).stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static <T extends Step> List<Product> products(
            List<Step> steps, Class<T> type, Function<T, Product> product) {
        return steps.stream()
                .filter(type::isInstance)
                .map(step -> product.apply(type.cast(step)))
                .toList();
    }

    private List<Step> visit(long index, Shown shown) {
        Browsing browsing = new Browsing(catalogue, population.person(index), Chance.of(42, index));
        List<Step> steps = new ArrayList<>();
        do {
            steps.add(browsing.next(shown));
        } while (!(steps.getLast() instanceof Step.Leave) && steps.size() <= LONGEST);
        return steps;
    }
}
