package io.millrace.local.seeding;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The products a fresh platform begins with, as requests of the public API.
 *
 * @param lines a JSON object for each product, as the import takes it
 * @param skus of the same products in the same order
 */
record SeedCatalogue(List<String> lines, List<String> skus) {

    private static final String FILE = "products.ndjson";
    private static final Pattern SKU = Pattern.compile("\"sku\": *\"([^\"]+)\"");

    /** Most lines of one order, as order-service has it by default. */
    private static final int ORDER_LINES = 100;

    /** Receipts of one request: inventory-service takes 1000 by default. */
    private static final int RECEIPTS = 500;

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

    /** The bodies of requests with all receipts. Their ids are always the same: sent again they add nothing. */
    List<String> receiptsBodies() {
        List<String> receipts = new ArrayList<>();
        for (int i = 0; i < skus.size(); i++) {
            String sku = skus.get(i);
            SeedStock.of(i, sku)
                    .forEach((location, units) -> receipts.add(
                            "{\"receiptId\":\"seed-%s-%s\",\"sku\":\"%s\",\"location\":\"%s\",\"quantity\":%d}"
                                    .formatted(sku, location, sku, location, units)));
        }
        return parts(receipts, RECEIPTS)
                .map(part -> "{\"receipts\":[" + String.join(",", part) + "]}")
                .toList();
    }

    /**
     * The bodies of orders that have everything between them, at no price at all: they are refused, for the price, once all
     * they name is on sale.
     */
    List<String> hopelessOrders() {
        return parts(skus, ORDER_LINES).map(SeedCatalogue::hopelessOrder).toList();
    }

    private static Stream<List<String>> parts(List<String> all, int size) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + size)
                .mapToObj(from -> all.subList(from, Math.min(all.size(), from + size)));
    }

    private static String hopelessOrder(List<String> skus) {
        String ordered = skus.stream()
                .map(sku -> "{\"sku\":\"" + sku + "\",\"quantity\":1}")
                .collect(Collectors.joining(","));
        return """
                {"lines":[%s],"shipTo":{"name":"Nobody","street":"Nowhere 1","city":"Nowhere","country":"DE"},\
                "contact":{"email":"nobody@example.org"},"paymentToken":"tok_declined",\
                "expectedTotal":{"minorUnits":1,"currency":"EUR"}}""".formatted(ordered);
    }
}
