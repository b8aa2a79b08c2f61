package io.millrace.systemtests.checks;

import io.millrace.systemtests.CheckedPlatform;
import io.millrace.systemtests.shop.Buyers;
import io.millrace.systemtests.shop.OrderBody;
import io.millrace.traffic.load.LoadDriver;
import io.millrace.traffic.load.LoadListener;
import io.millrace.traffic.load.LoadPlan;
import io.millrace.traffic.load.LoadResult;
import io.millrace.traffic.load.Pace;
import io.millrace.traffic.load.Retries;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/** Orders placed at a steady rate while something else happens, each sent again with the same key until it is answered. */
final class Load {

    private static final int FIRST = 100;
    private static final int PREPARED = 1_000;

    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Set<String> unexpected = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<LoadResult> result = new CompletableFuture<>();
    private final Thread thread;

    private Load(Runnable driver) {
        this.thread = Thread.ofPlatform().name("load").unstarted(driver);
    }

    /**
     * Starts placing orders.
     *
     * @param perSecond how many orders
     * @param length for how long
     * @param bodies the order of an index, the same at each call
     */
    static Load start(
            CheckedPlatform platform, long seed, double perSecond, Duration length, LongFunction<OrderBody> bodies) {
        // Fraud scoring counts within ten minutes what one customer orders.
        double counted = Math.min(length.toSeconds() + 1.0, 600);
        int customers = (int) (perSecond * counted / Buyers.ORDERS_EACH) + 1;
        int first = platform.buyers().block(customers);
        for (int number = 0; number < Math.min(customers, PREPARED); number++) {
            platform.buyers().token(first + number); // milliseconds each, which the driver would have to take
        }
        LoadPlan plan = LoadPlan.of(
                        platform.platform().url().resolve("/api/orders"), new Pace.OpenLoop(perSecond), length)
                .withCustomers(customers)
                .withMaxInFlight(5_000)
                .withAnswerTimeout(Duration.ofSeconds(60))
                .withRetries(new Retries(1_000, Duration.ofMillis(200)))
                .withRun(new UUID(seed, seed));
        Load[] load = new Load[1];
        LoadListener listener = new LoadListener() {
            @Override
            public void answered(Answer answer) {
                load[0].answered(answer);
            }
        };
        load[0] = new Load(() -> {
            try {
                load[0].result.complete(LoadDriver.run(
                        plan,
                        (index, _) -> bodies.apply(index).bytes(),
                        customer -> platform.buyers().token(first + customer),
                        listener));
            } catch (RuntimeException e) { // whatever it was: who waits for the result must hear of it
                load[0].result.completeExceptionally(e);
            }
        });
        load[0].thread.start();
        return load[0];
    }

    /**
     * Waits until the first orders are accepted: no fault proves anything before.
     *
     * @throws IllegalStateException when none is within half a minute
     */
    void awaitFirst() throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (acknowledged.size() < FIRST) {
            if (result.isDone() || System.nanoTime() > end) {
                throw new IllegalStateException("no orders are accepted: " + unexpected);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Orders a client was told are placed. */
    Collection<String> acknowledged() {
        return acknowledged;
    }

    /** Answers that no client should get, each once: anything but success and what asks to come again. */
    Collection<String> unexpected() {
        return unexpected;
    }

    /** Ends it early; what is on its way is still waited for. */
    void stop() {
        thread.interrupt();
    }

    /** Waits for its end. */
    LoadResult await() {
        return result.join();
    }

    private void answered(LoadListener.Answer answer) {
        int status = answer.status().orElse(0);
        if (status / 100 == 2) {
            String location = answer.location().orElse("");
            acknowledged.add(location.substring(location.lastIndexOf('/') + 1));
        } else if (status != 0 && status != 503 && status != 502 && status != 504) {
            unexpected.add(
                    "POST /api/orders answered " + status + ": " + new String(answer.body(), StandardCharsets.UTF_8));
        }
    }

    /** One of several by weights that sum to 100, by the index alone. */
    static String weighted(long seed, long index, Object... tokensAndWeights) {
        int roll = new Random(seed * 31 + index).nextInt(100);
        for (int i = 0; i < tokensAndWeights.length; i += 2) {
            roll -= (Integer) tokensAndWeights[i + 1];
            if (roll < 0) {
                return (String) tokensAndWeights[i];
            }
        }
        throw new IllegalArgumentException("weights must sum to 100");
    }
}
