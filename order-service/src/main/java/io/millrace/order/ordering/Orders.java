package io.millrace.order.ordering;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

/** The orders, to be read. */
interface Orders extends Repository<OrderRecord, UUID> {

    Optional<OrderRecord> findById(UUID id);

    List<OrderRecord> findByIdIn(Collection<UUID> ids);
}
