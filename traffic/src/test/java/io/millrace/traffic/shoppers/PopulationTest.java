package io.millrace.traffic.shoppers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PopulationTest {

    private final Population population = new Population(12);

    @Test
    void makesTheSamePersonAgain() {
        assertThat(new Population(900).person(17)).isEqualTo(population.person(17));
        assertThat(population.person(18)).isNotEqualTo(population.person(17));
    }

    @Test
    void givesEverybodyIdsOfTheirOwnAndWhatAnOrderTakes() {
        int many = 5_000;
        Set<String> ids = LongStream.range(0, many)
                .mapToObj(population::person)
                .flatMap(person -> {
                    assertThat(person.customer()).matches("[a-z0-9][a-z0-9-]{0,39}");
                    assertThat(person.id()).matches("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");
                    assertThat(person.email()).matches("[a-z]{2,}\\.[a-z]{2,}\\.[0-9a-f]{4}@example\\.com");
                    assertThat(person.name()).matches("\\p{Lu}\\p{L}+ \\p{L}[\\p{L} ]+");
                    assertThat(person.address().country()).matches("[A-Z]{2}");
                    assertThat(person.address().postalCode()).matches("[A-Z0-9 -]{4,8}");
                    assertThat(person.address().city()).matches("\\p{Lu}\\p{L}+");
                    assertThat(person.card()).startsWith("tok_ok_");
                    return Stream.of(person.id(), person.customer(), person.device(), person.card());
                })
                .collect(Collectors.toSet());
        assertThat(ids).hasSize(4 * many);
    }

    @Test
    void livesInSeveralCountries() {
        assertThat(LongStream.range(0, 1_000)
                        .mapToObj(number -> population.person(number).address().country())
                        .distinct())
                .hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void growsWithTheRateSoThatARegularCustomerOrdersAFewTimesADay() {
        assertThat(new Population(0.1).regulars()).isEqualTo(500);
        assertThat(population.regulars()).isEqualTo(1_728);
        assertThat(new Population(1_000).regulars()).isEqualTo(20_000);
        double ordersADay = 1_000.0 * 60 * 24 / 20_000;
        assertThat(ordersADay).as("below the 100 that fraud detection reviews").isLessThan(100);
    }

    @Test
    void hasNoStrangerAmongTheRegulars() {
        for (long i = 0; i < 1_000; i++) {
            assertThat(population.stranger(Chance.of(1, i)).number()).isGreaterThan(population.regulars());
            assertThat(population.regular(Chance.of(1, i)).number()).isLessThan(population.regulars());
        }
    }

    @Test
    void namesNobodyInALog() {
        Visitor person = population.person(3);
        Purchase purchase = new Purchase(person, person.card(), List.of());
        for (String text : new String[] {person.toString(), purchase.toString()}) {
            assertThat(text)
                    .contains(person.id())
                    .doesNotContain(
                            person.name(), person.email(), person.address().street());
        }
    }
}
