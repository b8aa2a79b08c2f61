package io.millrace.order.ordering;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Orders as they are shown. */
@Service
public class OrderViews {

    private final Orders orders;

    OrderViews(Orders orders) {
        this.orders = orders;
    }

    /** An order as it stands. */
    @Transactional(readOnly = true)
    public Optional<OrderView> find(UUID id) {
        return orders.findById(id).map(OrderRecord::view);
    }

    /** Orders as they were when they were placed, in no particular order. */
    List<OrderView> asPlaced(Collection<UUID> ids) {
        return orders.findByIdIn(ids).stream().map(OrderRecord::asPlaced).toList();
    }
}
