package io.millrace.traffic.shoppers;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Access tokens from the demo issuer by client credentials: of a shopper by the client {@code shoppers}, whose token request
 * names him, and of the operator. Kept until shortly before they expire, at most {@value #MOST} of them. Thread-safe.
 */
final class Tokens {

    static final int MOST = 1_000;

    private static final int LIFE_PERCENT = 80;
    private static final String OPERATOR = "operator";
    private static final String GRANT = "grant_type=client_credentials";

    private final ShopHttp http;
    private final Gate gate;
    private final URI endpoint;
    private final String secret;
    private final LongSupplier nanoTime;
    private final Map<String, Token> known = new LinkedHashMap<>(16, 0.75f, true);

    private record Token(String text, long until) {}

    Tokens(ShopHttp http, Gate gate, URI endpoint, String secret, LongSupplier nanoTime) {
        this.http = http;
        this.gate = gate;
        this.endpoint = endpoint;
        this.secret = secret;
        this.nanoTime = nanoTime;
    }

    /** A token that speaks for a shopper; empty when the issuer gives none. */
    Optional<String> ofShopper(String name) {
        String form = GRANT + "&shopper=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        return token(name, "shoppers", form);
    }

    Optional<String> ofOperator() {
        return token(OPERATOR, OPERATOR, GRANT);
    }

    /** The token was refused: the next is a new one. */
    void forget(String token) {
        synchronized (known) {
            known.values().removeIf(kept -> kept.text.equals(token));
        }
    }

    private Optional<String> token(String name, String client, String form) {
        synchronized (known) {
            Token kept = known.get(name);
            if (kept != null && nanoTime.getAsLong() - kept.until < 0) {
                return Optional.of(kept.text);
            }
        }
        String credentials =
                Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = ShopHttp.get(endpoint)
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return http.send(gate, request, Answer::isSuccess)
                .filter(Answer::isSuccess)
                .flatMap(answer -> keep(name, answer));
    }

    private Optional<String> keep(String name, Answer answer) {
        String text = answer.json().path("access_token").asString("");
        long life = answer.json().path("expires_in").asLong(0);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        long until = nanoTime.getAsLong() + Duration.ofSeconds(life).toNanos() / 100 * LIFE_PERCENT;
        synchronized (known) {
            known.put(name, new Token(text, until));
            if (known.size() > MOST) {
                known.remove(known.keySet().iterator().next());
            }
        }
        return Optional.of(text);
    }
}
