package io.millrace.order.ordering.web;

import io.millrace.order.groupcommit.QueueFullException;
import io.millrace.order.ordering.NewOrder;
import io.millrace.order.ordering.OrderDesk;
import io.millrace.order.ordering.OrderProperties;
import io.millrace.order.ordering.OrderView;
import io.millrace.order.ordering.OrderViews;
import io.millrace.order.ordering.PlacingOutcome;
import io.millrace.telemetry.trace.CurrentSpan;
import io.millrace.web.database.DatabaseDeadline;
import io.millrace.web.problem.Problem;
import io.millrace.web.problem.ProblemException;
import io.millrace.web.request.ExpectedVersion;
import io.millrace.web.request.IdempotencyKey;
import io.millrace.web.request.RequestFingerprint;
import io.millrace.web.security.Caller;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Placing orders and looking at them. */
@RestController
class OrderController {

    private static final Logger log = LoggerFactory.getLogger(OrderController.class);
    private static final String ROUTE = "/api/orders";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final OrderDesk desk;
    private final OrderViews orders;
    private final OrderProperties properties;
    private final DatabaseDeadline deadline;

    OrderController(OrderDesk desk, OrderViews orders, OrderProperties properties, DatabaseDeadline deadline) {
        this.desk = desk;
        this.orders = orders;
        this.properties = properties;
        this.deadline = deadline;
    }

    /** Places an order: 201 with the order, which is decided from then on. */
    @PostMapping(ROUTE)
    ResponseEntity<OrderResponse> place(@Valid @RequestBody OrderRequest request, IdempotencyKey key, Caller caller) {
        verifyLimits(request);
        PlacingOutcome outcome = await(desk.place(newOrder(request, key, caller)));
        OrderView order = switch (outcome) {
            case PlacingOutcome.Placed placed -> placed.order();
            case PlacingOutcome.KeyReused _ ->
                throw Problem.unprocessable("idempotency-key-reused", "The key was used for another request")
                        .detail("A key may be sent again only with the request it was first sent with.")
                        .at(IdempotencyKey.HEADER, "was used for another request")
                        .toException();
            case PlacingOutcome.UnknownProducts unknown -> throw unknownProducts(unknown);
            case PlacingOutcome.MixedCurrencies mixed -> throw mixedCurrencies(mixed);
            case PlacingOutcome.PriceChanged changed ->
                throw Problem.conflict("price-changed", "The price is another than expected")
                        .at("expectedTotal", "is not what the order costs now")
                        .with("total", changed.total())
                        .toException();
            case PlacingOutcome.TotalTooLarge _ ->
                throw Problem.unprocessable("total-too-large", "The total is too large")
                        .at("lines", "cost more than can be counted")
                        .toException();
        };
        CurrentSpan.isAbout(order.id());
        return ResponseEntity.created(URI.create(ROUTE + "/" + order.id()))
                .eTag(ExpectedVersion.tag(order.version()))
                .body(OrderResponse.of(order));
    }

    /** An order of one's own; any order for those who may see all. */
    @GetMapping(ROUTE + "/{id}")
    ResponseEntity<OrderResponse> get(@PathVariable UUID id, Caller caller) {
        return deadline.read(() -> orders.find(id))
                .filter(order -> order.customerId().equals(caller.subject()) || caller.has("orders:read:any"))
                .map(order -> ResponseEntity.ok()
                        .eTag(ExpectedVersion.tag(order.version()))
                        .body(OrderResponse.of(order)))
                .orElseThrow(() -> Problem.notFound("order-not-found", "There is no such order")
                        .toException());
    }

    private static NewOrder newOrder(OrderRequest request, IdempotencyKey key, Caller caller) {
        String scoped = String.join("\n", caller.clientId(), caller.subject(), ROUTE, key.value());
        return new NewOrder(
                ShortHash.of(scoped),
                ShortHash.of(RequestFingerprint.of(request)),
                caller.subject(),
                request.lines().stream()
                        .map(line -> new NewOrder.Line(line.sku(), line.quantity()))
                        .toList(),
                request.shipTo().address(),
                request.contact().email(),
                request.paymentToken(),
                request.visitorId(),
                request.deviceId(),
                request.expectedTotal(),
                CurrentSpan.inheritedTraceparent());
    }

    private void verifyLimits(OrderRequest request) {
        Problem problem = Problem.invalidRequest();
        int lines = request.lines().size();
        if (lines < 1 || lines > properties.maxLines()) {
            problem = problem.at("lines", "must be 1 to " + properties.maxLines() + ", were " + lines);
        }
        for (int i = 0; i < Math.min(lines, properties.maxLines()); i++) {
            int quantity = request.lines().get(i).quantity();
            if (quantity < 1 || quantity > properties.maxQuantity()) {
                problem = problem.at(
                        "lines[" + i + "].quantity", "must be 1 to " + properties.maxQuantity() + ", was " + quantity);
            }
        }
        if (!problem.errors().isEmpty()) {
            throw problem.toException();
        }
    }

    private PlacingOutcome await(CompletableFuture<PlacingOutcome> outcome) {
        try {
            return outcome.get(desk.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof QueueFullException) {
                throw Overload.problem().toException();
            }
            log.atWarn().log("an order's outcome is unknown: {}", String.valueOf(e.getCause()));
            throw outcomeUnknown();
        } catch (TimeoutException e) {
            throw outcomeUnknown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw outcomeUnknown();
        }
    }

    private static ProblemException outcomeUnknown() {
        return Problem.unavailable("outcome-unknown", "Whether the order was placed is not known", RETRY_AFTER)
                .detail("Send the same request with the same Idempotency-Key again: it places one order at most.")
                .toException();
    }

    private static ProblemException unknownProducts(PlacingOutcome.UnknownProducts unknown) {
        Problem problem = Problem.unprocessable("unknown-product", "Not every product is on sale");
        for (int line : unknown.lines()) {
            problem = problem.at("lines[" + line + "].sku", "is not on sale");
        }
        return problem.toException();
    }

    private static ProblemException mixedCurrencies(PlacingOutcome.MixedCurrencies mixed) {
        Problem problem = Problem.unprocessable("mixed-currencies", "An order has one currency");
        for (int line : mixed.lines()) {
            problem = problem.at("lines[" + line + "].sku", "is sold in another currency than the first line");
        }
        return problem.toException();
    }
}
