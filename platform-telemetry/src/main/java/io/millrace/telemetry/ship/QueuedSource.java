package io.millrace.telemetry.ship;

import com.google.protobuf.MessageLite;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Shipments of what waits in a queue.
 *
 * @param signal what it is
 * @param queue where it waits
 * @param request the export request that holds these items
 * @param <T> what waits
 */
public record QueuedSource<T extends MessageLite>(
        Signal signal, BoundedQueue<T> queue, Function<List<T>, MessageLite> request) implements Source {

    @Override
    public Optional<Shipment> next(boolean stopping) {
        List<T> items = queue.take();
        return items.isEmpty()
                ? Optional.empty()
                : Optional.of(new Shipment(request.apply(items).toByteArray(), items.size()));
    }

    @Override
    public int waiting() {
        return queue.size();
    }
}
