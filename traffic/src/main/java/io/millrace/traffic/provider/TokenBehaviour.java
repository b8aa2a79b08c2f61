package io.millrace.traffic.provider;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a card does, decided by its token. A token stands for a behaviour when it equals the prefix, or is the prefix, an
 * underscore and anything: {@code tok_ok} and {@code tok_ok_123} are two cards that behave alike.
 *
 * <table>
 * <caption>Tokens</caption>
 * <tr><th>prefix</th><th>the answer</th><th>the ledger</th><th>callbacks</th></tr>
 * <tr><td>tok_ok</td><td>AUTHORISED</td><td>AUTHORISED</td><td>none</td></tr>
 * <tr><td>tok_declined</td><td>DECLINED card-declined</td><td>DECLINED</td><td>none</td></tr>
 * <tr><td>tok_insufficient_funds</td><td>DECLINED insufficient-funds</td><td>DECLINED</td><td>none</td></tr>
 * <tr><td>tok_slow</td><td>AUTHORISED after 2 s: within a caller's usual time-out</td><td>AUTHORISED at once</td>
 *     <td>none</td></tr>
 * <tr><td>tok_timeout</td><td>AUTHORISED after 30 s, each time: after the caller has gone, who must ask by reference</td>
 *     <td>AUTHORISED at once</td><td>none</td></tr>
 * <tr><td>tok_late</td><td>PENDING</td><td>PENDING, AUTHORISED after 20 s</td><td>one, when authorised</td></tr>
 * <tr><td>tok_delayed</td><td>AUTHORISED after 20 s</td><td>nothing for 20 s (asking by reference says 404), then
 *     AUTHORISED: a request that was stuck on its way</td><td>none</td></tr>
 * <tr><td>tok_twice</td><td>AUTHORISED</td><td>AUTHORISED</td><td>the same outcome, twice</td></tr>
 * <tr><td>tok_flaky</td><td>503 to the first call of each reference, then AUTHORISED</td><td>AUTHORISED at the second
 *     call</td><td>none</td></tr>
 * <tr><td>tok_malformed</td><td>200 with half a JSON document, each time</td><td>AUTHORISED</td><td>none</td></tr>
 * <tr><td>tok_contradict</td><td>AUTHORISED</td><td>AUTHORISED</td><td>one, which says DECLINED</td></tr>
 * <tr><td>any other</td><td>DECLINED invalid-token</td><td>DECLINED</td><td>none</td></tr>
 * </table>
 *
 * <p>The durations are {@link Delays}'. Callbacks go out only when the request named an address.
 */
enum TokenBehaviour {
    OK("tok_ok"),
    DECLINED("tok_declined"),
    INSUFFICIENT_FUNDS("tok_insufficient_funds"),
    SLOW("tok_slow"),
    TIMEOUT("tok_timeout"),
    LATE("tok_late"),
    DELAYED("tok_delayed"),
    TWICE("tok_twice"),
    FLAKY("tok_flaky"),
    MALFORMED("tok_malformed"),
    CONTRADICT("tok_contradict"),
    /** Any other token. */
    INVALID("");

    private final String prefix;

    TokenBehaviour(String prefix) {
        this.prefix = prefix;
    }

    static TokenBehaviour of(String token) {
        return Arrays.stream(values())
                .filter(behaviour -> token.equals(behaviour.prefix) || token.startsWith(behaviour.prefix + "_"))
                .filter(behaviour -> behaviour != INVALID)
                .findFirst()
                .orElse(INVALID);
    }

    /** The status a payment by this card begins with. */
    PaymentStatus firstStatus() {
        return switch (this) {
            case DECLINED, INSUFFICIENT_FUNDS, INVALID -> PaymentStatus.DECLINED;
            case LATE -> PaymentStatus.PENDING;
            case OK, SLOW, TIMEOUT, DELAYED, TWICE, FLAKY, MALFORMED, CONTRADICT -> PaymentStatus.AUTHORISED;
        };
    }

    @Nullable String declineCode() {
        return switch (this) {
            case DECLINED -> "card-declined";
            case INSUFFICIENT_FUNDS -> "insufficient-funds";
            case INVALID -> "invalid-token";
            case OK, SLOW, TIMEOUT, LATE, DELAYED, TWICE, FLAKY, MALFORMED, CONTRADICT -> null;
        };
    }

    /** How many callbacks follow, given an address to send them to. */
    int callbacks() {
        return switch (this) {
            case TWICE -> 2;
            case LATE, CONTRADICT -> 1;
            case OK, DECLINED, INSUFFICIENT_FUNDS, SLOW, TIMEOUT, DELAYED, FLAKY, MALFORMED, INVALID -> 0;
        };
    }

    /** What its callbacks say. */
    PaymentStatus toldByCallback(PaymentStatus real) {
        return this == CONTRADICT ? PaymentStatus.DECLINED : real;
    }
}
