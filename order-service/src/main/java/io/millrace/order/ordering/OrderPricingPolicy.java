package io.millrace.order.ordering;

import io.millrace.events.Money;
import io.millrace.order.catalogue.Price;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an order costs by the present catalogue: the sum of its lines, in one currency. */
final class OrderPricingPolicy {

    private OrderPricingPolicy() {}

    sealed interface Result {}

    record Priced(List<PricedLine> lines, Money total) implements Result {}

    record Refused(PlacingOutcome outcome) implements Result {}

    static Result price(NewOrder order, Map<String, Price> prices) {
        List<Integer> unknown = new ArrayList<>();
        List<Integer> otherCurrency = new ArrayList<>();
        List<PricedLine> lines = new ArrayList<>(order.lines().size());
        for (int i = 0; i < order.lines().size(); i++) {
            NewOrder.Line line = order.lines().get(i);
            Price price = prices.get(line.sku());
            if (price == null) {
                unknown.add(i);
                continue;
            }
            lines.add(new PricedLine(line.sku(), price.name(), line.quantity(), price.unitPrice()));
            if (!price.unitPrice()
                    .currency()
                    .equals(lines.getFirst().unitPrice().currency())) {
                otherCurrency.add(i);
            }
        }
        if (!unknown.isEmpty()) {
            return new Refused(new PlacingOutcome.UnknownProducts(unknown));
        }
        if (!otherCurrency.isEmpty()) {
            return new Refused(new PlacingOutcome.MixedCurrencies(otherCurrency));
        }
        try {
            Money total =
                    lines.stream().map(PricedLine::total).reduce(Money::plus).orElseThrow();
            if (order.expectedTotal() != null && !order.expectedTotal().equals(total)) {
                return new Refused(new PlacingOutcome.PriceChanged(total));
            }
            return new Priced(lines, total);
        } catch (ArithmeticException e) {
            return new Refused(new PlacingOutcome.TotalTooLarge());
        }
    }
}
