package io.millrace.inventory.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inventory.InventoryFixtures.Shop;
import io.millrace.inventory.InventoryIT;
import io.millrace.inventory.reservation.ReservationCommand.Allocate;
import io.millrace.inventory.reservation.ReservationCommand.Release;
import io.millrace.inventory.reservation.ReservationCommand.Reserve;
import io.millrace.inventory.reservation.Reservations.Instruction;
import io.millrace.messaging.EventIds;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Random histories of many orders, in random batches, by several threads at once, some delivered twice or not at all: at the
 * end every level is what movements and reservations say it is, and every reservation what its order said last.
 */
@InventoryIT
class ConservationIT {

    private static final int THREADS = 4;
    private static final int ORDERS = 150;

    @Autowired
    private Shop shop;

    @Autowired
    private Reservations reservations;

    /** An order's whole life, with its redeliveries, and where it ends when stock was there. */
    private record Life(UUID orderId, Deque<Instruction> events, boolean confirmed, boolean ended) {}

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void keepsStockThroughAnyHistory(long seed) throws Exception {
        Random random = new Random(seed);
        List<String> skus = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String sku = shop.product();
            skus.add(sku);
            for (int location = 0; location <= random.nextInt(3); location++) {
                shop.receive(sku, "L" + location, 1 + random.nextInt(120));
            }
        }
        List<Life> lives = new ArrayList<>();
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService consumers = Executors.newFixedThreadPool(THREADS)) {
            for (int thread = 0; thread < THREADS; thread++) {
                List<Life> own = lives(new Random(random.nextLong()), skus);
                lives.addAll(own);
                Random order = new Random(random.nextLong());
                running.add(consumers.submit(() -> live(own, order)));
                String sku = skus.get(thread);
                running.add(consumers.submit(() -> shop.receive(sku, "L9", 5)));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
        shop.assertConserved();
        for (Life life : lives) {
            assertThat(shop.status(life.orderId)).isIn(endings(life));
        }
        for (String sku : skus) {
            assertThat(shop.levels(sku))
                    .allSatisfy(level -> assertThat(level.available()).isNotNegative());
        }
        assertPromisesAddUp(skus, lives);
    }

    private void assertPromisesAddUp(List<String> skus, List<Life> lives) {
        long promised = skus.stream()
                .flatMap(sku -> shop.levels(sku).stream())
                .mapToLong(level -> level.held() + level.allocated())
                .sum();
        long wanted = lives.stream()
                .filter(life -> List.of("HELD", "ALLOCATED").contains(shop.status(life.orderId)))
                .mapToLong(life -> wanted(life.events.getLast()))
                .sum();
        assertThat(promised).isEqualTo(wanted);
    }

    private static List<String> endings(Life life) {
        if (life.ended) {
            return List.of("RELEASED", "REJECTED");
        }
        return List.of(life.confirmed ? "ALLOCATED" : "HELD", "REJECTED");
    }

    private List<Life> lives(Random random, List<String> skus) {
        List<Life> lives = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            UUID orderId = EventIds.next();
            Map<String, Integer> wanted = new HashMap<>();
            for (int line = 0; line <= random.nextInt(3); line++) {
                wanted.merge(skus.get(random.nextInt(skus.size())), 1 + random.nextInt(4), Integer::sum);
            }
            List<ReservationCommand> commands = new ArrayList<>(List.of(new Reserve(orderId, wanted)));
            boolean confirmed = random.nextInt(3) == 0;
            boolean ended = !confirmed && random.nextInt(3) > 0;
            if (confirmed) {
                commands.add(new Allocate(orderId));
            }
            if (ended) {
                commands.add(new Release(orderId));
            }
            Deque<Instruction> events = new ArrayDeque<>();
            for (int at = 0; at < commands.size(); at++) {
                // a redelivery begins anywhere before and repeats everything since
                for (int from = random.nextInt(at + 1); from <= at; from++) {
                    events.add(new Instruction(commands.get(from), from + 1, EventIds.next(), Instant.now()));
                }
            }
            events.addLast(new Instruction(commands.getFirst(), 1, EventIds.next(), Instant.now()));
            lives.add(new Life(orderId, events, confirmed, ended));
        }
        return lives;
    }

    private static int wanted(Instruction placing) {
        return placing.command() instanceof Reserve reserve
                ? reserve.wanted().values().stream().mapToInt(Integer::intValue).sum()
                : 0;
    }

    /** Lives all lives, each in its order, batches of random size cut across them. */
    private void live(List<Life> lives, Random random) {
        Map<UUID, Deque<Instruction>> open = new HashMap<>();
        lives.forEach(life -> open.put(life.orderId, new ArrayDeque<>(life.events)));
        List<UUID> ids = new ArrayList<>(lives.stream().map(Life::orderId).toList());
        while (!ids.isEmpty()) {
            List<Instruction> batch = new ArrayList<>();
            for (int size = 1 + random.nextInt(40); size > 0 && !ids.isEmpty(); size--) {
                UUID id = ids.get(random.nextInt(ids.size()));
                Deque<Instruction> events = open.getOrDefault(id, new ArrayDeque<>());
                batch.add(events.removeFirst());
                if (events.isEmpty()) {
                    ids.remove(id);
                }
            }
            follow(batch);
        }
    }

    /** As the consumer does: what can never be followed, a paid order without stock, is set aside by itself. */
    private void follow(List<Instruction> batch) {
        try {
            reservations.follow(batch);
        } catch (UnfulfillableOrderException e) {
            if (batch.size() > 1) {
                batch.forEach(instruction -> follow(List.of(instruction)));
            }
        }
    }
}
