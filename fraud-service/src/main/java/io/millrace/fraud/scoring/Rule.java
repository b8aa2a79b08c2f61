package io.millrace.fraud.scoring;

import io.millrace.events.Money;
import io.millrace.events.fraud.FraudOutcome;
import io.millrace.fraud.scoring.Features.OwnAmounts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * One reason to look twice at a transaction: a pure function of its {@link Features}.
 *
 * <p>Amounts are compared only within one currency; a rule without figures for a currency stays silent, and
 * {@link UnlistedCurrency} speaks for it.
 */
public sealed interface Rule {

    /** What the rule asks for when it hits. */
    FraudOutcome severity();

    /** The hit with its figures; empty when the rule has nothing against the transaction. */
    Optional<RuleHit> check(Features features);

    /** Too many transactions in a window, this one included. */
    record Velocity(Window window, int most, FraudOutcome severity) implements Rule {
        @Override
        public Optional<RuleHit> check(Features features) {
            int count = features.prior(window) + 1;
            return count > most
                    ? hit(
                            this,
                            "velocity-" + window.code(),
                            count + " orders in " + window.text() + ", more than " + most)
                    : Optional.empty();
        }
    }

    /** What can be too various within 24 hours. */
    enum Variety {
        /** Payment tokens: cards being tried out. */
        PAYMENTS("payments-24h", "payment tokens"),
        /** Shipping addresses: goods being spread. */
        ADDRESSES("addresses-24h", "shipping addresses"),
        /** Devices: an account being shared or sold. */
        DEVICES("devices-24h", "devices"),
        /** Countries shipped to. */
        COUNTRIES("countries-24h", "countries shipped to");

        private final String code;
        private final String text;

        Variety(String code, String text) {
            this.code = code;
            this.text = text;
        }
    }

    /** Too many different ones of a kind in 24 hours, this transaction's included. */
    record Various(Variety variety, int most, FraudOutcome severity) implements Rule {
        @Override
        public Optional<RuleHit> check(Features features) {
            int count = switch (variety) {
                case PAYMENTS -> features.payments();
                case ADDRESSES -> features.addresses();
                case DEVICES -> features.devices();
                case COUNTRIES -> features.countries();
            };
            return count > most
                    ? hit(this, variety.code, count + " different " + variety.text + " in 24 hours, more than " + most)
                    : Optional.empty();
        }
    }

    /** An amount at or above a ceiling, whoever pays it; ceilings in minor units by currency. */
    record Amount(SortedMap<String, Long> ceilings, FraudOutcome severity) implements Rule {
        @Override
        public Optional<RuleHit> check(Features features) {
            Money amount = features.transaction().amount();
            Long ceiling = ceilings.get(amount.currency());
            return ceiling != null && amount.minorUnits() >= ceiling
                    ? hit(
                            this,
                            "amount",
                            text(amount) + " reaches the ceiling of " + text(new Money(ceiling, amount.currency())))
                    : Optional.empty();
        }
    }

    /** A large amount by a customer known for a short time; floors in minor units by currency. */
    record NewCustomer(Duration knownFor, SortedMap<String, Long> floors, FraudOutcome severity) implements Rule {
        @Override
        public Optional<RuleHit> check(Features features) {
            Money amount = features.transaction().amount();
            Long floor = floors.get(amount.currency());
            return floor != null
                            && amount.minorUnits() >= floor
                            && features.knownFor().compareTo(knownFor) < 0
                    ? hit(
                            this,
                            "amount-new-customer",
                            text(amount) + " by a customer known for "
                                    + features.knownFor().toHours() + " hours, less than " + knownFor.toHours())
                    : Optional.empty();
        }
    }

    /**
     * An amount far above the customer's own: at least the floor of its currency, at least a multiple of what is typical,
     * and at least a number of standard deviations above it, over a history of at least some orders.
     */
    record Unusual(
            int leastOrders, double multiple, double deviations, SortedMap<String, Long> floors, FraudOutcome severity)
            implements Rule {
        @Override
        public Optional<RuleHit> check(Features features) {
            Money amount = features.transaction().amount();
            Long floor = floors.get(amount.currency());
            if (floor == null || features.ownAmounts().isEmpty()) {
                return Optional.empty();
            }
            OwnAmounts own = features.ownAmounts().get();
            boolean unusual = own.orders() >= leastOrders
                    && own.multiple() >= multiple
                    && own.deviations() >= deviations
                    && amount.minorUnits() >= floor;
            return unusual ? hit(this, "amount-unusual", text(amount, own)) : Optional.empty();
        }
    }

    /** More units in one order than a household needs. */
    record Units(int most, FraudOutcome severity) implements Rule {
        @Override
        public Optional<RuleHit> check(Features features) {
            int units = features.transaction().units();
            return units > most
                    ? hit(this, "units", units + " units in one order, more than " + most)
                    : Optional.empty();
        }
    }

    /** A currency no amounts are configured for: nothing can be said about its size. */
    record UnlistedCurrency(SortedSet<String> listed, FraudOutcome severity) implements Rule {
        @Override
        public Optional<RuleHit> check(Features features) {
            String currency = features.transaction().amount().currency();
            return listed.contains(currency)
                    ? Optional.empty()
                    : hit(this, "currency-unlisted", "no amounts are configured for " + currency);
        }
    }

    private static Optional<RuleHit> hit(Rule rule, String code, String text) {
        return Optional.of(new RuleHit(code, rule.severity(), text));
    }

    private static String text(Money amount, OwnAmounts own) {
        return String.format(
                Locale.ROOT,
                "%s is %.1f times the customer's typical %s (%.1f deviations over %d orders)",
                text(amount),
                own.multiple(),
                text(new Money(Math.round(own.typicalMinorUnits()), amount.currency())),
                own.deviations(),
                own.orders());
    }

    private static String text(Money money) {
        int digits = Currency.getInstance(money.currency()).getDefaultFractionDigits();
        return BigDecimal.valueOf(money.minorUnits(), Math.max(0, digits)).toPlainString() + " " + money.currency();
    }
}
