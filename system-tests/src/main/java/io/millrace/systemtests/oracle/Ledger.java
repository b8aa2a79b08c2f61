package io.millrace.systemtests.oracle;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The payment provider's books: what customers were really charged. */
public final class Ledger {

    private static final JsonMapper JSON = new JsonMapper();

    private final URI provider;

    /** The books of a provider. */
    public Ledger(URI provider) {
        this.provider = provider;
    }

    /**
     * A payment as it stands.
     *
     * @param orderId what it is for; empty where nothing was ever asked for
     * @param minorUnits its amount
     */
    public record Payment(String reference, String orderId, String status, long minorUnits) {}

    /** All payments. */
    public List<Payment> payments() throws InterruptedException, IOException {
        List<Payment> payments = new ArrayList<>();
        HttpRequest request =
                HttpRequest.newBuilder(provider.resolve("/ledger")).GET().build();
        try (HttpClient http = HttpClient.newHttpClient();
                Stream<String> lines =
                        http.send(request, BodyHandlers.ofLines()).body()) {
            lines.filter(line -> !line.isBlank()).forEach(line -> payments.add(payment(JSON.readTree(line))));
        }
        return payments;
    }

    private static Payment payment(JsonNode json) {
        return new Payment(
                json.path("reference").asString(),
                json.path("orderId").asString(""),
                json.path("status").asString(),
                json.path("amount").path("minorUnits").asLong(0));
    }
}
