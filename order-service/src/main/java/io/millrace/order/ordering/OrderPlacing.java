package io.millrace.order.ordering;

import io.millrace.events.catalogue.Topics;
import io.millrace.events.order.OrderLine;
import io.millrace.events.order.OrderPlaced;
import io.millrace.messaging.EventIds;
import io.millrace.messaging.outbox.Outbox;
import io.millrace.messaging.outbox.Outgoing;
import io.millrace.order.catalogue.Price;
import io.millrace.order.catalogue.Prices;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Places a batch of orders in one transaction: idempotency keys first, then orders and their events, with one statement
 * each for the whole batch.
 *
 * <p>A key that is taken leads to the order it placed before; where another instance is placing it at this moment, this
 * transaction waits for that one. Refused requests leave nothing behind, their key included.
 */
@Service
class OrderPlacing {

    private final OrderTable orders;
    private final IdempotencyTable keys;
    private final OrderViews views;
    private final Prices prices;
    private final Outbox outbox;
    private final FraudHash hash;
    private final OrderDeadlines deadlines;
    private final Clock clock;

    OrderPlacing(
            OrderTable orders,
            IdempotencyTable keys,
            OrderViews views,
            Prices prices,
            Outbox outbox,
            FraudHash hash,
            OrderDeadlines deadlines,
            Clock clock) {
        this.orders = orders;
        this.keys = keys;
        this.views = views;
        this.prices = prices;
        this.outbox = outbox;
        this.hash = hash;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** One outcome for each request, in their order. */
    @Transactional
    List<PlacingOutcome> place(List<NewOrder> requests) {
        // PostgreSQL keeps microseconds: what is answered now must equal what is read later.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<UUID> ids = requests.stream().map(_ -> EventIds.next()).toList();
        List<IdempotencyTable.Claim> claims = new ArrayList<>(requests.size());
        for (int i = 0; i < requests.size(); i++) {
            claims.add(new IdempotencyTable.Claim(
                    requests.get(i).idempotencyKey(), requests.get(i).requestHash(), ids.get(i)));
        }
        Set<UUID> fresh = keys.claim(claims, now);

        PlacingOutcome[] outcomes = new PlacingOutcome[requests.size()];
        List<PlacedOrder> placed = placeFresh(requests, ids, fresh, outcomes, now);
        write(placed);
        if (fresh.size() < requests.size()) {
            repeat(requests, outcomes);
        }
        return Arrays.asList(outcomes);
    }

    private List<PlacedOrder> placeFresh(
            List<NewOrder> requests, List<UUID> ids, Set<UUID> fresh, PlacingOutcome[] outcomes, Instant now) {
        Map<String, Price> known = prices.find(skus(requests));
        List<PlacedOrder> placed = new ArrayList<>(fresh.size());
        List<UUID> refused = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            if (!fresh.contains(ids.get(i))) {
                continue;
            }
            NewOrder request = requests.get(i);
            switch (OrderPricingPolicy.price(request, known)) {
                case OrderPricingPolicy.Refused no -> {
                    outcomes[i] = no.outcome();
                    refused.add(request.idempotencyKey());
                }
                case OrderPricingPolicy.Priced yes -> {
                    PlacedOrder order = new PlacedOrder(
                            ids.get(i), request, yes.lines(), yes.total(), now, now.plus(deadlines.order()));
                    outcomes[i] = new PlacingOutcome.Placed(order.view());
                    placed.add(order);
                }
            }
        }
        if (!refused.isEmpty()) {
            keys.giveUp(refused);
        }
        return placed;
    }

    private void write(List<PlacedOrder> placed) {
        if (placed.isEmpty()) {
            return;
        }
        orders.insert(placed);
        List<Outgoing<?>> events = new ArrayList<>(2 * placed.size());
        for (PlacedOrder order : placed) {
            events.add(announced(order));
            events.add(transaction(order));
        }
        outbox.append(events);
    }

    /** Requests whose key was taken: by an earlier request, or by one before it in this very batch. */
    private void repeat(List<NewOrder> requests, PlacingOutcome[] outcomes) {
        Map<UUID, IdempotencyTable.Claim> taken =
                keys.find(requests.stream().map(NewOrder::idempotencyKey).toList());
        Collection<UUID> wanted =
                taken.values().stream().map(IdempotencyTable.Claim::orderId).toList();
        Map<UUID, OrderView> asPlaced =
                views.asPlaced(wanted).stream().collect(Collectors.toMap(OrderView::id, Function.identity()));
        for (int i = 0; i < requests.size(); i++) {
            if (outcomes[i] != null) {
                continue;
            }
            NewOrder request = requests.get(i);
            IdempotencyTable.Claim claim = taken.get(request.idempotencyKey());
            OrderView order = claim == null ? null : asPlaced.get(claim.orderId());
            if (claim == null || order == null) {
                // The first of two equal keys in one batch was refused, and what refused it refuses this one too.
                outcomes[i] = outcomeOfEqualKey(requests, outcomes, request.idempotencyKey());
            } else if (claim.requestHash().equals(request.requestHash())) {
                outcomes[i] = new PlacingOutcome.Placed(order);
            } else {
                outcomes[i] = new PlacingOutcome.KeyReused();
            }
        }
    }

    private static PlacingOutcome outcomeOfEqualKey(List<NewOrder> requests, PlacingOutcome[] outcomes, UUID key) {
        Map<UUID, PlacingOutcome> decided = new HashMap<>();
        for (int i = 0; i < requests.size(); i++) {
            if (outcomes[i] != null) {
                decided.putIfAbsent(requests.get(i).idempotencyKey(), outcomes[i]);
            }
        }
        PlacingOutcome outcome = decided.get(key);
        if (outcome == null) {
            throw new IllegalStateException("an idempotency key is taken and leads nowhere");
        }
        return outcome;
    }

    private static List<String> skus(List<NewOrder> requests) {
        return requests.stream()
                .flatMap(request -> request.lines().stream())
                .map(NewOrder.Line::sku)
                .distinct()
                .toList();
    }

    private static Outgoing<?> announced(PlacedOrder order) {
        List<OrderLine> lines = order.lines().stream()
                .map(line -> new OrderLine(line.sku(), line.quantity(), line.unitPrice()))
                .toList();
        String id = order.id().toString();
        return new Outgoing<>(
                Topics.ORDER_EVENTS,
                id,
                id,
                1,
                new OrderPlaced(
                        order.id(),
                        order.request().customerId(),
                        lines,
                        order.total(),
                        order.request().shipTo().country(),
                        order.decideBy()),
                order.placedAt(),
                id,
                null,
                order.request().traceparent());
    }

    private Outgoing<?> transaction(PlacedOrder order) {
        String id = order.id().toString();
        return new Outgoing<>(
                Topics.TRANSACTION_EVENTS,
                order.request().customerId(),
                id,
                1,
                hash.initiated(order),
                order.placedAt(),
                id,
                null,
                order.request().traceparent());
    }
}
