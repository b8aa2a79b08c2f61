package io.millrace.order.ordering;

import io.millrace.events.Money;
import io.millrace.events.order.RejectionReason;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.PrimaryKeyJoinColumn;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An order as it is read; it is written by {@link OrderTable}, many at a time. */
@Entity
@Immutable
@Table(name = "orders")
@SecondaryTable(name = "order_contents", pkJoinColumns = @PrimaryKeyJoinColumn(name = "order_id"))
class OrderRecord {

    @Id
    private UUID id;

    private String customerId;

    @Enumerated(EnumType.STRING)
    private OrderStatus status;

    @Enumerated(EnumType.STRING)
    private @Nullable RejectionReason rejection;

    @Enumerated(EnumType.STRING)
    private PaymentState payment;

    private long totalMinor;
    private String currency;
    private Instant placedAt;
    private Instant decideBy;
    private long version;

    @JdbcTypeCode(SqlTypes.JSON)
    private String history;

    @Column(table = "order_contents")
    @JdbcTypeCode(SqlTypes.JSON)
    private String lines;

    @Column(table = "order_contents")
    @JdbcTypeCode(SqlTypes.JSON)
    private String shipTo;

    @Column(table = "order_contents")
    private String email;

    @Column(table = "order_contents", name = "decide_by")
    private Instant placedToDecideBy;

    /** For JPA, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected OrderRecord() {}

    UUID id() {
        return id;
    }

    /** The order as it stands. */
    OrderView view() {
        return new OrderView(
                id,
                customerId,
                status,
                rejection,
                payment,
                OrderJson.lines(lines, currency),
                new Money(totalMinor, currency),
                OrderJson.address(shipTo),
                email,
                placedAt,
                decideBy,
                OrderJson.history(history),
                version);
    }

    /** The order as it was when it was placed. */
    OrderView asPlaced() {
        return new OrderView(
                id,
                customerId,
                OrderStatus.PENDING,
                null,
                PaymentState.NONE,
                OrderJson.lines(lines, currency),
                new Money(totalMinor, currency),
                OrderJson.address(shipTo),
                email,
                placedAt,
                placedToDecideBy,
                OrderJson.history(history).subList(0, 1),
                0);
    }
}
