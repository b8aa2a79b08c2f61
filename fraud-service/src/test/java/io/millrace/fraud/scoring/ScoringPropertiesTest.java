package io.millrace.fraud.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Also gives other tests the properties as an application would bind them. */
public class ScoringPropertiesTest {

    /** What applies where nothing is configured. */
    public static ScoringProperties defaults() {
        return bind(Map.of());
    }

    static ScoringProperties bound(String property, String value) {
        return bind(Map.of("scoring." + property, value));
    }

    @Test
    void acceptsItsOwnDefaults() {
        assertThat(problems(defaults())).isEmpty();
    }

    @Test
    void replacesTheListOfCurrencies() {
        ScoringProperties properties = bind(Map.of(
                "scoring.amounts.JPY.new-customer", "1",
                "scoring.amounts.JPY.unusual", "2",
                "scoring.amounts.JPY.step-up", "3",
                "scoring.amounts.JPY.review", "4",
                "scoring.amounts.JPY.block", "5"));

        assertThat(properties.amounts()).containsOnly(Map.entry("JPY", new ScoringProperties.Amounts(1, 2, 3, 4, 5)));
        assertThat(problems(properties)).isEmpty();
    }

    @Test
    void reportsEveryProblemAtOnce() {
        ScoringProperties properties = bind(Map.of(
                "scoring.velocity.hour-review", "128",
                "scoring.units", "0",
                "scoring.new-customer-for", "0s",
                "scoring.unusual.multiple", "0.5",
                "scoring.amounts.QQQ.new-customer", "1",
                "scoring.amounts.QQQ.unusual", "1",
                "scoring.amounts.QQQ.step-up", "3",
                "scoring.amounts.QQQ.review", "2",
                "scoring.amounts.QQQ.block", "5"));

        assertThat(problems(properties))
                .containsExactlyInAnyOrder(
                        "velocity.hourReview",
                        "units",
                        "newCustomerForPositive",
                        "unusual.multiple",
                        "amounts[QQQ].inOrder",
                        "everyCurrencyKnown");
    }

    private static ScoringProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("scoring", ScoringProperties.class);
    }

    private static Set<String> problems(ScoringProperties properties) {
        try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
            return factory.getValidator().validate(properties).stream()
                    .map(ConstraintViolation::getPropertyPath)
                    .map(Object::toString)
                    .collect(Collectors.toSet());
        }
    }
}
