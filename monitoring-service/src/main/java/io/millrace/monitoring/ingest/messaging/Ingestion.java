package io.millrace.monitoring.ingest.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the consumers: one for business events and one for telemetry, on threads of their own, so that a flood of logs holds up
 * no order's journey. It can be stopped and started again.
 */
final class Ingestion implements SmartLifecycle {

    private static final long LONGEST_STOP_MILLIS = 15_000;

    private final Supplier<List<IngestConsumer>> consumers;
    private final CompletableFuture<?> topicsReady;
    private final List<Running> active = new ArrayList<>();
    private volatile boolean running;

    Ingestion(Supplier<List<IngestConsumer>> consumers, CompletableFuture<?> topicsReady) {
        this.consumers = consumers;
        this.topicsReady = topicsReady;
    }

    private record Running(IngestConsumer consumer, Thread thread) {}

    /** The consumers at work; none before the topics exist. */
    synchronized List<IngestConsumer> active() {
        return active.stream().map(Running::consumer).toList();
    }

    @Override
    public void start() {
        running = true;
        var _ = topicsReady.thenRun(this::begin);
    }

    private synchronized void begin() {
        if (!running || !active.isEmpty()) {
            return;
        }
        for (IngestConsumer consumer : consumers.get()) {
            // platform threads: they run for as long as the process, and most of it is computing
            active.add(new Running(
                    consumer,
                    Thread.ofPlatform().name("ingest-" + active.size()).start(consumer)));
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        active.forEach(each -> each.consumer.stop());
        try {
            for (Running each : active) {
                each.thread.join(LONGEST_STOP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        active.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
