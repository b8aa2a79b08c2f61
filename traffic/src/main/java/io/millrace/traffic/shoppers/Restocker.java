package io.millrace.traffic.shoppers;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The suppliers: looks at one product after the other, at each once in {@link Delivery#SLOT}, and receives goods where one
 * runs low, as the shop's operator. What can't be done now is left for the next round.
 */
final class Restocker implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Restocker.class);
    private static final Duration LEAST_PAUSE = Duration.ofMillis(50);

    private final Shop shop;
    private final Tokens tokens;
    private final Pauses pauses;
    private final Supplier<Catalogue> catalogue;
    private final Tally tally;
    private final double ordersPerMinute;
    private final Clock clock;

    Restocker(
            Shop shop,
            Tokens tokens,
            Pauses pauses,
            Supplier<Catalogue> catalogue,
            Tally tally,
            double ordersPerMinute,
            Clock clock) {
        this.shop = shop;
        this.tokens = tokens;
        this.pauses = pauses;
        this.catalogue = catalogue;
        this.tally = tally;
        this.ordersPerMinute = ordersPerMinute;
        this.clock = clock;
    }

    @Override
    public void run() {
        while (!pauses.isStopped()) {
            round(catalogue.get());
        }
    }

    private void round(Catalogue now) {
        Duration each = Delivery.SLOT.dividedBy(now.all().products().size());
        for (Product product : now.all().products()) {
            if (!pauses.pause(each.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : each)) {
                return;
            }
            restock(product.sku());
        }
    }

    /** Receives what a product's supplier brings now, if he does. */
    void restock(String sku) {
        shop.available(sku)
                .flatMap(available -> Delivery.of(sku, available, clock.instant(), ordersPerMinute))
                .ifPresent(this::receive);
    }

    private void receive(Delivery delivery) {
        Optional<String> token = tokens.ofOperator();
        Optional<Answer> answer = token.flatMap(given -> shop.receive(given, delivery));
        if (answer.isEmpty()) {
            return;
        }
        switch (answer.get().status()) {
            case 201 -> tally.delivered(delivery.quantity());
            case 401 -> token.ifPresent(tokens::forget);
            default -> {
                if (answer.get().isRefusal()) {
                    log.atWarn()
                            .addKeyValue("sku", delivery.sku())
                            .addKeyValue("status", answer.get().status())
                            .log("a delivery was refused");
                }
            }
        }
    }
}
