package io.millrace.local.seeding;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The products a fresh platform begins with, and how many of each lie where.
 *
 * @param lines a JSON object for each product, as the import takes it
 * @param skus of the same products in the same order
 */
record SeedCatalogue(List<String> lines, List<String> skus) {

    private static final String FILE = "products.ndjson";
    private static final Pattern SKU = Pattern.compile("\"sku\": *\"([^\"]+)\"");

    /** Units of the first product by location; each further product has a few more. */
    private static final Map<String, Integer> STOCK = stock();

    private static Map<String, Integer> stock() {
        Map<String, Integer> stock = new LinkedHashMap<>();
        stock.put("berlin", 400);
        stock.put("lyon", 250);
        stock.put("rotterdam", 150);
        return stock;
    }

    SeedCatalogue {
        lines = List.copyOf(lines);
        skus = List.copyOf(skus);
    }

    /** From {@code products.ndjson} beside this class. */
    static SeedCatalogue standard() {
        try (InputStream in = SeedCatalogue.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return new SeedCatalogue(
                    lines, lines.stream().map(SeedCatalogue::sku).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + FILE, e);
        }
    }

    private static String sku(String line) {
        Matcher matcher = SKU.matcher(line);
        if (!matcher.find()) {
            throw new IllegalStateException("no sku in " + line);
        }
        return matcher.group(1);
    }

    /** The body of an import of all products. */
    String productsBody() {
        return String.join("\n", lines) + "\n";
    }

    /** The body of one request with all receipts. Their ids are always the same: sent again they add nothing. */
    String receiptsBody() {
        List<String> receipts = new ArrayList<>();
        for (int i = 0; i < skus.size(); i++) {
            String sku = skus.get(i);
            int more = 10 * i;
            STOCK.forEach((location, units) ->
                    receipts.add("{\"receiptId\":\"seed-%s-%s\",\"sku\":\"%s\",\"location\":\"%s\",\"quantity\":%d}"
                            .formatted(sku, location, sku, location, units + more)));
        }
        return "{\"receipts\":[" + String.join(",", receipts) + "]}";
    }

    /** The body of an order of everything at no price at all, which is refused: for the price, once all is on sale. */
    String hopelessOrder() {
        String ordered = String.join(
                ",",
                skus.stream()
                        .map(sku -> "{\"sku\":\"" + sku + "\",\"quantity\":1}")
                        .toList());
        return """
                {"lines":[%s],"shipTo":{"name":"Nobody","street":"Nowhere 1","city":"Nowhere","country":"DE"},\
                "contact":{"email":"nobody@example.org"},"paymentToken":"tok_declined",\
                "expectedTotal":{"minorUnits":1,"currency":"EUR"}}""".formatted(ordered);
    }
}
