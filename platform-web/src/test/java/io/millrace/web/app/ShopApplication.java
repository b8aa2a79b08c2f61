package io.millrace.web.app;

import io.millrace.telemetry.trace.Tracer;
import io.millrace.web.database.DatabaseDeadline;
import io.millrace.web.problem.Problem;
import io.millrace.web.request.ExpectedVersion;
import io.millrace.web.request.IdempotencyKey;
import io.millrace.web.request.Page;
import io.millrace.web.request.PageRequest;
import io.millrace.web.request.RequestFingerprint;
import io.millrace.web.route.Route;
import io.millrace.web.route.RouteRules;
import io.millrace.web.security.Caller;
import io.opentelemetry.proto.trace.v1.Span;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A service with one route for everything platform-web does. */
@SpringBootApplication
public class ShopApplication {

    /** Its table of routes. */
    @Bean
    RouteRules routes() {
        return RouteRules.of(
                Route.post("/orders").scopes("orders:write", "orders:write:any"),
                Route.put("/orders/{id}").scopes("orders:write"),
                Route.get("/orders/{id}").scopes("orders:read"),
                Route.post("/imports").scopes("catalogue:write").maxBody(DataSize.ofMegabytes(1)),
                Route.get("/whoami").authenticated(),
                Route.get("/list").open(),
                Route.get("/csv").open(),
                Route.get("/failures/{kind}").open(),
                Route.get("/visitors").open(),
                Route.get("/header").open());
    }

    /** The spans it has recorded. */
    @Bean
    Queue<Span> recordedSpans() {
        return new ConcurrentLinkedQueue<>();
    }

    /** Records every trace. */
    @Bean
    Tracer tracer(Queue<Span> recordedSpans) {
        return new Tracer(1, recordedSpans::add, InstantSource.system());
    }

    /** How many reads have begun that never end. */
    @Bean
    AtomicInteger slowReads() {
        return new AtomicInteger();
    }

    /** What a client sends to place an order. */
    record PlaceOrder(
            @Size(min = 1, max = 3) List<@Valid Line> lines,
            Contact contact,
            @Nullable String note,
            Optional<UUID> visitorId,
            @Nullable Map<String, String> labels,
            @Nullable Priority priority) {}

    record Line(@NotBlank String sku, @Min(1) @Max(100) int quantity) {}

    record Contact(String email) {

        Contact {
            if (!email.contains("@")) {
                throw new IllegalArgumentException("must hold an e-mail address");
            }
        }
    }

    enum Priority {
        NORMAL,
        URGENT
    }

    record Placed(String by, String key, String fingerprint) {}

    @RestController
    static class Orders {

        private final DatabaseDeadline deadline;
        private final AtomicInteger slowReads;

        Orders(DatabaseDeadline deadline, AtomicInteger slowReads) {
            this.deadline = deadline;
            this.slowReads = slowReads;
        }

        @PostMapping("/orders")
        ResponseEntity<Placed> place(@Valid @RequestBody PlaceOrder order, IdempotencyKey key, Caller caller) {
            return ResponseEntity.created(URI.create("/orders/1"))
                    .eTag(ExpectedVersion.tag(1))
                    .body(new Placed(
                            caller.subject(),
                            key.value(),
                            RequestFingerprint.of(order).toString()));
        }

        @GetMapping("/orders/{id}")
        Map<String, String> order(@PathVariable UUID id) {
            throw Problem.notFound("order-not-found", "There is no such order")
                    .with("orderId", id)
                    .toException();
        }

        @PutMapping("/orders/{id}")
        Map<String, Integer> change(@PathVariable int id, ExpectedVersion expected) {
            expected.require().verify(7);
            return Map.of("id", id);
        }

        @PostMapping("/imports")
        Map<String, Integer> load(@RequestBody String lines) {
            return Map.of("length", lines.length());
        }

        @GetMapping("/whoami")
        Caller whoami(Caller caller) {
            return caller;
        }

        @GetMapping("/visitors")
        Map<String, String> visitor(Optional<Caller> caller, @RequestParam @Min(1) int count) {
            return Map.of("subject", caller.map(Caller::subject).orElse("nobody"), "count", "" + count);
        }

        @GetMapping("/header")
        String header(@RequestHeader("X-Needed") String needed) {
            return needed;
        }

        @GetMapping("/list")
        Page<Integer> list(PageRequest page) {
            int after = page.after().map(Integer::valueOf).orElse(0);
            return Page.of(
                    IntStream.rangeClosed(after + 1, Math.min(after + page.limit() + 1, 120))
                            .boxed()
                            .toList(),
                    page,
                    String::valueOf);
        }

        @GetMapping(path = "/csv", produces = "text/csv")
        String csv() {
            return "a,b";
        }

        @GetMapping("/failures/{kind}")
        CompletableFuture<String> fail(@PathVariable String kind) {
            return switch (kind) {
                case "unexpected" -> throw new IllegalStateException("secret table customer_card");
                case "later" -> CompletableFuture.failedFuture(new IllegalStateException("secret, later"));
                case "no-connection" ->
                    throw new CannotGetJdbcConnectionException(
                            "secret host", new SQLTransientConnectionException("pool empty"));
                case "shutdown" ->
                    throw new UncategorizedSQLException("task", "select secret", new SQLException("x", "57P01"));
                case "bad-sql" ->
                    throw new UncategorizedSQLException("task", "select secret", new SQLException("x", "42601"));
                case "concurrent" -> throw new OptimisticLockingFailureException("row secret");
                case "slow" ->
                    deadline.read(() -> {
                        slowReads.incrementAndGet();
                        return new CompletableFuture<CompletableFuture<String>>().join();
                    });
                case "empty-null" -> throw new NullPointerException();
                default -> CompletableFuture.completedFuture(kind);
            };
        }
    }
}
