package io.millrace.fraud.scoring;

import io.millrace.events.fraud.FraudOutcome;
import io.millrace.fraud.scoring.Rule.Amount;
import io.millrace.fraud.scoring.Rule.NewCustomer;
import io.millrace.fraud.scoring.Rule.Units;
import io.millrace.fraud.scoring.Rule.UnlistedCurrency;
import io.millrace.fraud.scoring.Rule.Unusual;
import io.millrace.fraud.scoring.Rule.Variety;
import io.millrace.fraud.scoring.Rule.Various;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Every threshold of scoring, {@code millrace.fraud.scoring.*}.
 *
 * <p>With the defaults a single order reaches each outcome, whoever places it: below 500.00 it is approved, from 1000.00
 * it asks for a step-up, from 2500.00 for a review, and from 10000.00 it is blocked. Between 500.00 and 1000.00 a new
 * customer is stepped up and an old one is compared with himself.
 *
 * @param velocity how many orders are too many
 * @param various how many different cards, addresses, devices and countries are too many
 * @param amounts what is a large amount, by ISO 4217 currency; an order in any other currency is reviewed. Default: GBP,
 *     EUR and USD, with equal figures
 * @param unusual what is unlike the customer
 * @param newCustomerFor how long a customer counts as new, more than zero; 24 hours, as a stolen card is used within
 *     hours of opening the account
 * @param units units over all lines of one order above which it is stepped up, at least 1; 100, more than a household
 *     buys of anything
 */
@Validated
@ConfigurationProperties("millrace.fraud.scoring")
public record ScoringProperties(
        @DefaultValue @Valid Velocity velocity,
        @DefaultValue @Valid MostVarious various,
        @NotEmpty Map<String, @NotNull @Valid Amounts> amounts,
        @DefaultValue @Valid MostUnusual unusual,
        @DefaultValue("24h") Duration newCustomerFor,
        @DefaultValue("100") @Min(1) int units) {

    private static final Amounts DEFAULT_AMOUNTS = new Amounts(500_00, 500_00, 1_000_00, 2_500_00, 10_000_00);

    /** Fills in the amounts of the default currencies where none are configured. */
    public ScoringProperties {
        amounts = amounts == null || amounts.isEmpty()
                ? Map.of("GBP", DEFAULT_AMOUNTS, "EUR", DEFAULT_AMOUNTS, "USD", DEFAULT_AMOUNTS)
                : Map.copyOf(amounts);
    }

    /**
     * Most orders of one customer within a time, the scored one included; at least 1 and less than
     * {@link CustomerHistory#CAPACITY}, which is how far a history can count.
     *
     * @param tenMinutesStepUp above it a step-up; 20 in ten minutes, as nobody fills in two checkouts a minute for long
     * @param tenMinutesBlock above it a block; 60, one every ten seconds: a machine
     * @param hourReview above it a review; 40 in an hour, a script pacing itself below the burst limit
     * @param dayReview above it a review; 100 in 24 hours, where a keen shopper places a dozen
     */
    public record Velocity(
            @DefaultValue("20") @Min(1) @Max(CustomerHistory.CAPACITY - 1) int tenMinutesStepUp,

            @DefaultValue("60") @Min(1) @Max(CustomerHistory.CAPACITY - 1) int tenMinutesBlock,

            @DefaultValue("40") @Min(1) @Max(CustomerHistory.CAPACITY - 1) int hourReview,

            @DefaultValue("100") @Min(1) @Max(CustomerHistory.CAPACITY - 1) int dayReview) {}

    /**
     * Most different ones of a kind within 24 hours, the scored transaction's included; at least 1 and less than
     * {@link CustomerHistory#CAPACITY}.
     *
     * @param payments payment tokens, above it a review; 10: a family shares fewer cards, card testers try dozens
     * @param addresses shipping addresses, above it a step-up; 10: somebody sending presents to everybody
     * @param devices devices, above it a step-up; 10: more than anybody signs in from in a day
     * @param countries countries shipped to, above it a review; 3
     */
    public record MostVarious(
            @DefaultValue("10") @Min(1) @Max(CustomerHistory.CAPACITY - 1) int payments,

            @DefaultValue("10") @Min(1) @Max(CustomerHistory.CAPACITY - 1) int addresses,

            @DefaultValue("10") @Min(1) @Max(CustomerHistory.CAPACITY - 1) int devices,

            @DefaultValue("3") @Min(1) @Max(CustomerHistory.CAPACITY - 1) int countries) {}

    /**
     * Large amounts of one currency, in minor units, at least 1; an amount equal to a figure reaches it.
     *
     * @param newCustomer from here a new customer is stepped up; 500.00, above ordinary baskets
     * @param unusual from here an amount unlike the customer's own is stepped up; 500.00, so that no ordinary basket is
     *     ever compared
     * @param stepUp from here everybody is stepped up; 1000.00
     * @param review from here everybody is reviewed; 2500.00, worth some minutes of an analyst
     * @param block from here everybody is blocked; 10000.00, not sold without a person who knows the customer
     */
    public record Amounts(
            @Min(1) long newCustomer,
            @Min(1) long unusual,
            @Min(1) long stepUp,
            @Min(1) long review,
            @Min(1) long block) {

        /** Whether graver outcomes begin at higher amounts. */
        @AssertTrue(message = "must have stepUp <= review <= block") boolean isInOrder() {
            return stepUp <= review && review <= block;
        }
    }

    /**
     * When an amount is unlike the customer's own; all conditions must hold.
     *
     * @param orders orders in the currency before anything is compared, at least 2; 5
     * @param multiple times the customer's typical amount, at least 1; 5
     * @param deviations standard deviations above his mean, of logarithms, at least 0; 3, one in 700 of a normal spread
     */
    public record MostUnusual(
            @DefaultValue("5") @Min(2) int orders,
            @DefaultValue("5") @DecimalMin("1") double multiple,
            @DefaultValue("3") @DecimalMin("0") double deviations) {}

    /** Whether customers are new for some time. */
    @AssertTrue(message = "newCustomerFor must be more than zero") boolean isNewCustomerForPositive() {
        return newCustomerFor.isPositive();
    }

    /** Whether every currency exists, so that amounts of it can be written with its decimals. */
    @AssertTrue(message = "amounts must be given by ISO 4217 currencies") boolean isEveryCurrencyKnown() {
        Set<String> known = Currency.getAvailableCurrencies().stream()
                .map(Currency::getCurrencyCode)
                .collect(Collectors.toSet());
        return known.containsAll(amounts.keySet());
    }

    /** The rules, in the order in which their hits are reported within one severity. */
    public List<Rule> rules() {
        return List.of(
                new Amount(each(Amounts::stepUp), FraudOutcome.STEP_UP),
                new Amount(each(Amounts::review), FraudOutcome.REVIEW),
                new Amount(each(Amounts::block), FraudOutcome.BLOCK),
                new UnlistedCurrency(new TreeSet<>(amounts.keySet()), FraudOutcome.REVIEW),
                new NewCustomer(newCustomerFor, each(Amounts::newCustomer), FraudOutcome.STEP_UP),
                new Unusual(
                        unusual.orders(),
                        unusual.multiple(),
                        unusual.deviations(),
                        each(Amounts::unusual),
                        FraudOutcome.STEP_UP),
                new Rule.Velocity(Window.TEN_MINUTES, velocity.tenMinutesStepUp(), FraudOutcome.STEP_UP),
                new Rule.Velocity(Window.TEN_MINUTES, velocity.tenMinutesBlock(), FraudOutcome.BLOCK),
                new Rule.Velocity(Window.HOUR, velocity.hourReview(), FraudOutcome.REVIEW),
                new Rule.Velocity(Window.DAY, velocity.dayReview(), FraudOutcome.REVIEW),
                new Various(Variety.PAYMENTS, various.payments(), FraudOutcome.REVIEW),
                new Various(Variety.ADDRESSES, various.addresses(), FraudOutcome.STEP_UP),
                new Various(Variety.DEVICES, various.devices(), FraudOutcome.STEP_UP),
                new Various(Variety.COUNTRIES, various.countries(), FraudOutcome.REVIEW),
                new Units(units, FraudOutcome.STEP_UP));
    }

    private SortedMap<String, Long> each(ToLongFunction<Amounts> figure) {
        SortedMap<String, Long> each = new TreeMap<>();
        amounts.forEach((currency, figures) -> each.put(currency, figure.applyAsLong(figures)));
        return each;
    }
}
