package io.millrace.traffic.shoppers;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Demo traffic, running. It begins when the shop lists products, and goes on until it is closed, whatever the shop does:
 * while it is away hardly anything is sent, and what was missed is not made up for. Tells once a minute what happened.
 */
public final class Shoppers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Shoppers.class);
    private static final Duration TELL_EVERY = Duration.ofMinutes(1);
    private static final Duration READ_CATALOGUE_EVERY = Duration.ofMinutes(10);
    private static final Duration LOOK_FOR_PRODUCTS_EVERY = Duration.ofSeconds(2);
    private static final Duration MOST_BEHIND = Duration.ofSeconds(5);
    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(5);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final long LARGEST_TRUTH = 8L << 20;

    private final ShopperSettings settings;
    private final ShopHttp http = new ShopHttp();
    private final Tally tally = new Tally();
    private final Pauses pauses;
    private final Shop shop;
    private final Tokens tokens;
    private final Scene scene;
    private final Population population;
    private final Semaphore room;
    private final AtomicReference<Catalogue> catalogue = new AtomicReference<>();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final Thread arrivals;

    private Shoppers(ShopperSettings settings) {
        this.settings = settings;
        this.pauses = new Pauses(settings.meanPause());
        this.shop = new Shop(http, settings.url(), System::nanoTime);
        this.tokens =
                new Tokens(http, Shop.gate(System::nanoTime), settings.tokenUrl(), settings.secret(), System::nanoTime);
        Clock clock = Clock.systemUTC();
        this.scene = new Scene(
                shop,
                new Checkout(shop, tokens, pauses, tally, FIRST_WAIT),
                pauses,
                tally,
                new GroundTruth(settings.truth(), LARGEST_TRUTH, tally),
                clock,
                UUID.randomUUID());
        this.population = new Population(settings.ordersPerMinute());
        this.room = new Semaphore(settings.maxSessions());
        this.arrivals = Thread.ofPlatform().name("shoppers").unstarted(watched(this::run));
    }

    /** Starts traffic; returns at once. Does nothing when the settings' rate is 0. */
    public static Shoppers start(ShopperSettings settings) {
        Shoppers shoppers = new Shoppers(settings);
        if (settings.isOn()) {
            log.atInfo()
                    .addKeyValue("ordersPerMinute", settings.ordersPerMinute())
                    .addKeyValue("fraudShare", settings.fraudShare())
                    .addKeyValue("seed", settings.seed())
                    .log("demo traffic begins when there are products");
            shoppers.arrivals.start();
        }
        return shoppers;
    }

    private void run() {
        Optional<Catalogue> first = awaitProducts();
        if (first.isEmpty()) {
            return;
        }
        catalogue.set(first.get());
        background("shoppers-tally", this::tell);
        background("shoppers-catalogue", this::refresh);
        if (settings.restock()) {
            background(
                    "shoppers-restock",
                    new Restocker(
                            shop, tokens, pauses, catalogue::get, tally, settings.ordersPerMinute(), scene.clock()));
        }
        receive();
    }

    private void background(String name, Runnable task) {
        Thread.ofVirtual().name(name).start(watched(task));
    }

    /** A task without which traffic would stand still, or run unseen, while everything seems to be well. */
    private Runnable watched(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) { // whatever it was
                failure.complete(e);
            }
        };
    }

    private Optional<Catalogue> awaitProducts() {
        Optional<Catalogue> found = shop.products().flatMap(Catalogue::of);
        while (found.isEmpty() && pauses.pause(LOOK_FOR_PRODUCTS_EVERY)) {
            found = shop.products().flatMap(Catalogue::of);
        }
        return found;
    }

    private void refresh() {
        while (pauses.pause(READ_CATALOGUE_EVERY)) {
            shop.products().flatMap(Catalogue::of).ifPresent(catalogue::set);
        }
    }

    private void tell() {
        while (pauses.pause(TELL_EVERY)) {
            tally.tell();
        }
    }

    private void receive() {
        Arrivals coming = new Arrivals(settings.ordersPerMinute(), settings.fraudShare(), settings.seed());
        long next = System.nanoTime();
        while (true) {
            Arrivals.Arrival arrival = coming.next();
            next += arrival.after().toNanos();
            long early = next - System.nanoTime();
            if (-early > MOST_BEHIND.toNanos()) {
                next = System.nanoTime(); // the machine slept
            }
            if (!pauses.pause(Duration.ofNanos(Math.max(0, early)))) {
                return;
            }
            begin(arrival);
        }
    }

    private void begin(Arrivals.Arrival arrival) {
        if (!room.tryAcquire()) {
            tally.add(Tally.Count.TURNED_AWAY);
            return;
        }
        tally.add(Tally.Count.SESSIONS);
        Runnable visit = visit(arrival);
        Thread.ofVirtual().name("shopper-" + arrival.index()).start(() -> {
            try {
                visit.run();
            } finally {
                room.release();
            }
        });
    }

    private Runnable visit(Arrivals.Arrival arrival) {
        Catalogue now = catalogue.get();
        return arrival.fraud()
                .<Runnable>map(kind -> new Attack(scene, now, population, kind, arrival.chance()))
                .orElseGet(() -> new Session(scene, now, population.regular(arrival.chance()), arrival.chance()));
    }

    /** Done, with why, when traffic has ended without being closed: only a new start helps. */
    public CompletableFuture<Throwable> failure() {
        return failure.copy();
    }

    /** Sends everybody home: within about five seconds they report their last clicks and leave. */
    @Override
    public void close() {
        pauses.stop();
        try {
            if (arrivals.isAlive()) {
                arrivals.join(LEAVE_WITHIN);
            }
            boolean _ = room.tryAcquire(settings.maxSessions(), LEAVE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close();
        if (settings.isOn()) {
            tally.tell();
        }
    }
}
