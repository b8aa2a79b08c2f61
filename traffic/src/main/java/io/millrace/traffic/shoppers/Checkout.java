package io.millrace.traffic.shoppers;

import java.time.Duration;
import java.util.Optional;

/** Places orders, as patiently as a customer: a few tries over about a minute, all with one idempotency key. Thread-safe. */
final class Checkout {

    private static final int TRIES = 8;
    private static final int LOOKS = 5;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(16);
    private static final String PENDING = "PENDING";

    private final Shop shop;
    private final Tokens tokens;
    private final Pauses pauses;
    private final Tally tally;
    private final Duration firstWait;

    /**
     * A checkout.
     *
     * @param firstWait before the second try, and the first look at what became of an order; doubled each time
     */
    Checkout(Shop shop, Tokens tokens, Pauses pauses, Tally tally, Duration firstWait) {
        this.shop = shop;
        this.tokens = tokens;
        this.pauses = pauses;
        this.tally = tally;
        this.firstWait = firstWait;
    }

    /** The order's id; empty when it was refused or given up. */
    Optional<String> place(Purchase purchase, String key) {
        String body = purchase.body();
        for (int tried = 0; tried < TRIES; tried++) {
            Optional<String> token = tokens.ofShopper(purchase.buyer().customer());
            Optional<Answer> answer = token.flatMap(given -> shop.place(given, key, body));
            if (answer.isPresent() && answer.get().isSuccess()) {
                tally.add(Tally.Count.ORDERS);
                return Optional.of(answer.get().json().path("id").asString(""));
            }
            if (answer.isPresent() && answer.get().status() == 401) {
                token.ifPresent(tokens::forget);
            } else if (answer.isPresent() && answer.get().isRefusal()) {
                tally.add(Tally.Count.REFUSED);
                return Optional.empty();
            }
            if (tried < TRIES - 1 && !pauses.pause(waitAfter(tried))) {
                break;
            }
        }
        tally.add(Tally.Count.GIVEN_UP);
        return Optional.empty();
    }

    /** Looks a few times what becomes of an order, and counts it by what was seen last. */
    void follow(Purchase purchase, String orderId) {
        String seen = PENDING;
        for (int looked = 0; looked < LOOKS && seen.equals(PENDING) && pauses.pause(waitAfter(looked)); looked++) {
            seen = tokens.ofShopper(purchase.buyer().customer())
                    .flatMap(token -> shop.status(token, orderId))
                    .orElse(seen);
        }
        tally.endedIn(seen);
    }

    private Duration waitAfter(int times) {
        Duration wait = firstWait.multipliedBy(1L << times);
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }
}
