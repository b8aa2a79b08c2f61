package io.millrace.systemtests.oracle;

import io.millrace.local.LocalPlatform;
import io.millrace.systemtests.Progress;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What must hold whatever was killed: every acknowledged order has ended with exactly the stock, the money and the events
 * that its ending calls for, stock is conserved per product and location, every committed event is in its topic.
 *
 * <p>It reads the services' databases, the topics and the provider's ledger, after everything has come to rest.
 */
public final class Oracle {

    private static final JsonMapper JSON = new JsonMapper();

    private final LocalPlatform platform;
    private final Progress progress;
    private final Tables orders;
    private final Tables inventory;
    private final Tables fraud;

    /** Of a platform that runs, and whose orders have time to end. */
    public Oracle(LocalPlatform platform, Progress progress) {
        this.platform = platform;
        this.progress = progress;
        this.orders = new Tables(platform.database("order-service"));
        this.inventory = new Tables(platform.database("inventory-service"));
        this.fraud = new Tables(platform.database("fraud-service"));
    }

    private record Order(String id, String status, long total, String lines, String history) {}

    /**
     * Waits until nothing is on its way any more: no undecided order, no unsettled payment, no unpublished event, no stock
     * held. What is left at the end of patience is a violation.
     */
    public void awaitRest(Duration patience, Findings findings) throws InterruptedException {
        long began = System.nanoTime();
        String left = "";
        while (System.nanoTime() - began < patience.toNanos()) {
            String now = unrest();
            if (now.isEmpty()) {
                progress.say("everything has come to rest");
                return;
            }
            if (!now.equals(left) && (System.nanoTime() - began) / 1_000_000_000L % 5 == 0) {
                progress.say("on its way: " + now);
            }
            left = now;
            TimeUnit.MILLISECONDS.sleep(500);
        }
        findings.violated("not at rest after " + patience.toSeconds() + " s: " + left);
    }

    private String unrest() {
        try {
            List<String> parts = new ArrayList<>();
            add(
                    parts,
                    orders.number("select count(*) from orders where status in ('PENDING', 'ON_HOLD')"),
                    "orders undecided");
            add(
                    parts,
                    orders.number("select count(*) from payment_attempts where due_at is not null"),
                    "payments unsettled");
            add(
                    parts,
                    inventory.number("select count(*) from reservations where status = 'HELD'"),
                    "reservations held");
            add(parts, inventory.number("select count(*) from availability_changes"), "availabilities unpublished");
            for (Tables each : List.of(orders, inventory, fraud)) {
                add(parts, each.number("select count(*) from outbox"), "events unpublished");
            }
            return String.join(", ", parts);
        } catch (SQLException e) {
            return "the database does not answer: " + e.getMessage();
        }
    }

    private static void add(List<String> parts, long number, String of) {
        if (number > 0) {
            parts.add(number + " " + of);
        }
    }

    /**
     * Checks everything.
     *
     * @param acknowledged orders that a client was told are placed
     * @throws SQLException when a database can't be read
     */
    public void check(Collection<String> acknowledged, Findings findings)
            throws SQLException, InterruptedException, IOException {
        Map<String, Order> byId = checkOrders(acknowledged, findings);
        new EventsOracle(platform).check(findings);
        endings(byId, findings);
    }

    /** Checks everything but the topics, into which the caller has written himself. */
    public void checkState(Collection<String> acknowledged, Findings findings)
            throws SQLException, InterruptedException, IOException {
        checkOrders(acknowledged, findings);
    }

    private Map<String, Order> checkOrders(Collection<String> acknowledged, Findings findings)
            throws SQLException, InterruptedException, IOException {
        List<Order> all = orders.rows(
                """
                select id::text, status, total_minor, lines::text, history::text
                  from orders join order_contents on order_id = id
                """,
                row -> new Order(
                        row.getString(1), row.getString(2), row.getLong(3), row.getString(4), row.getString(5)));
        Map<String, Order> byId = new HashMap<>();
        Map<String, Long> byStatus = new TreeMap<>();
        for (Order order : all) {
            byId.put(order.id, order);
            byStatus.merge(order.status, 1L, Long::sum);
            JsonNode history = JSON.readTree(order.history);
            findings.require(
                    order.status.equals(
                            history.path(history.size() - 1).path("to").asString("")),
                    "history does not end with the status: " + order);
        }
        acknowledged.stream()
                .filter(id -> !byId.containsKey(id))
                .forEach(id -> findings.violated("acknowledged, but not there: order " + id));
        findings.figure("orders", all.size());
        findings.figure("acknowledged", acknowledged.size());
        findings.figure("by_status", byStatus);
        stock(byId, findings);
        money(byId, findings);
        return byId;
    }

    private void stock(Map<String, Order> byId, Findings findings) throws SQLException {
        for (String row : inventory.rows(
                "select to_jsonb(stock_conservation)::text from stock_conservation where not conserved",
                row -> row.getString(1))) {
            findings.violated("stock is not conserved: " + row);
        }
        Map<String, String> open = new HashMap<>();
        for (String[] row : inventory.rows(
                "select order_id::text, holds::text from reservations where status in ('HELD', 'ALLOCATED')",
                row -> new String[] {row.getString(1), row.getString(2)})) {
            open.put(row[0], row[1]);
        }
        for (Order order : byId.values()) {
            Map<String, Long> wanted = isConfirmed(order) ? quantities(order.lines) : Map.of();
            Map<String, Long> held = held(open.remove(order.id));
            findings.require(wanted.equals(held), "stock of a " + order.status + " order is " + held + ": " + order);
        }
        open.keySet().forEach(id -> findings.violated("stock is held for no order: " + id));
    }

    private static boolean isConfirmed(Order order) {
        return order.status.equals("CONFIRMED") || order.status.equals("COMPLETED");
    }

    private static Map<String, Long> quantities(String lines) {
        Map<String, Long> bySku = new TreeMap<>();
        for (JsonNode line : JSON.readTree(lines)) {
            bySku.merge(line.path("sku").asString(), line.path("quantity").asLong(), Long::sum);
        }
        return bySku;
    }

    private static Map<String, Long> held(@Nullable String holds) {
        Map<String, Long> bySku = new TreeMap<>();
        if (holds != null) {
            for (JsonNode hold : JSON.readTree(holds)) {
                bySku.merge(hold.path(0).asString(), hold.path(2).asLong(), Long::sum);
            }
        }
        return bySku;
    }

    private void money(Map<String, Order> byId, Findings findings) throws InterruptedException, IOException {
        Map<String, Long> charged = new HashMap<>();
        Map<String, Long> charges = new HashMap<>();
        for (Ledger.Payment payment : new Ledger(platform.providerUrl()).payments()) {
            if (payment.status().equals("AUTHORISED") || payment.status().equals("PENDING")) {
                charged.merge(payment.orderId(), payment.minorUnits(), Long::sum);
                charges.merge(payment.orderId(), 1L, Long::sum);
            }
        }
        for (Order order : byId.values()) {
            long wanted = isConfirmed(order) ? 1 : 0;
            long times = charges.getOrDefault(order.id, 0L);
            findings.require(times == wanted, "charged " + times + " times, not " + wanted + ": " + order);
            long amount = charged.getOrDefault(order.id, 0L);
            findings.require(
                    times != 1 || amount == order.total, "charged " + amount + ", not " + order.total + ": " + order);
        }
        charges.keySet().stream()
                .filter(id -> !byId.containsKey(id))
                .forEach(id -> findings.violated("charged for no order: " + id));
    }

    /** The events of each order, each counted once however often it stands in the topic, are those of its ending. */
    private void endings(Map<String, Order> byId, Findings findings) {
        Map<String, List<String>> types = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (Log.Entry entry : new Log(platform.bootstrapServers()).read(List.of("order.events.v1"))) {
            if (ids.add(entry.id())) {
                types.computeIfAbsent(entry.subject(), _ -> new ArrayList<>()).add(entry.type());
            }
        }
        Map<String, Long> scored = new HashMap<>();
        for (Log.Entry entry : new Log(platform.bootstrapServers()).read(List.of("fraud.decisions.v1"))) {
            if (entry.type().equals(EventsOracle.SCORED)) {
                scored.merge(entry.key(), 1L, Long::sum);
            }
        }
        for (Order order : byId.values()) {
            long decisions = scored.getOrDefault(order.id, 0L);
            findings.require(decisions == 1, "scored " + decisions + " times: " + order);
            List<String> told = new ArrayList<>(types.getOrDefault(order.id, List.of()));
            told.remove("order.held");
            List<String> wanted = switch (order.status) {
                case "CONFIRMED" -> List.of("order.placed", "order.confirmed");
                case "REJECTED" -> List.of("order.placed", "order.rejected");
                case "EXPIRED" -> List.of("order.placed", "order.expired");
                case String _ -> List.of("order.placed"); // undecided: said already
            };
            findings.require(told.equals(wanted), "events are " + told + ": " + order);
        }
    }
}
