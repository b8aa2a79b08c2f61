package io.millrace.inventory.reservation.messaging;

import io.millrace.events.catalogue.Topics;
import io.millrace.events.order.OrderConfirmed;
import io.millrace.events.order.OrderEvent;
import io.millrace.events.order.OrderExpired;
import io.millrace.events.order.OrderHeld;
import io.millrace.events.order.OrderLine;
import io.millrace.events.order.OrderPlaced;
import io.millrace.events.order.OrderRejected;
import io.millrace.inventory.reservation.ReservationCommand;
import io.millrace.inventory.reservation.Reservations;
import io.millrace.inventory.reservation.Reservations.Instruction;
import io.millrace.inventory.reservation.UnfulfillableOrderException;
import io.millrace.messaging.Message;
import io.millrace.messaging.consumer.BatchSubscription;
import io.millrace.messaging.consumer.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears what becomes of orders, and has their stock held, allocated or released. */
@Configuration(proxyBeanMethods = false)
class OrdersSubscription {

    @Bean
    BatchSubscription orders(Reservations reservations) {
        return new BatchSubscription("inventory-service.orders", List.of(Topics.ORDER_EVENTS), messages -> {
            List<Instruction> instructions = messages.stream()
                    .flatMap(message -> instruction(message).stream())
                    .toList();
            try {
                if (!instructions.isEmpty()) {
                    reservations.follow(instructions);
                }
            } catch (UnfulfillableOrderException e) {
                throw new RefusedException(e.getMessage(), e);
            }
        });
    }

    private static Optional<Instruction> instruction(Message<?> message) {
        if (!(message.event() instanceof OrderEvent event)) {
            throw new RefusedException("unexpected " + message.event().getClass());
        }
        return command(event)
                .map(command -> new Instruction(
                        command,
                        message.envelope().sequence(),
                        message.envelope().id(),
                        message.envelope().time()));
    }

    private static Optional<ReservationCommand> command(OrderEvent event) {
        return switch (event) {
            case OrderPlaced placed -> Optional.of(new ReservationCommand.Reserve(placed.orderId(), wanted(placed)));
            case OrderConfirmed confirmed -> Optional.of(new ReservationCommand.Allocate(confirmed.orderId()));
            case OrderRejected rejected -> Optional.of(new ReservationCommand.Release(rejected.orderId()));
            case OrderExpired expired -> Optional.of(new ReservationCommand.Release(expired.orderId()));
            case OrderHeld _ -> Optional.empty(); // its stock stays held
        };
    }

    /** Units by product: the same product may stand on several lines, and is one wish. */
    private static Map<String, Integer> wanted(OrderPlaced placed) {
        Map<String, Integer> wanted = new HashMap<>();
        try {
            for (OrderLine line : placed.lines()) {
                if (line.quantity() < 1) {
                    throw new RefusedException("order " + placed.orderId() + " has a line of less than one unit");
                }
                wanted.merge(line.sku(), line.quantity(), Math::addExact);
            }
        } catch (ArithmeticException e) {
            throw new RefusedException("order " + placed.orderId() + " wants more units than can be counted", e);
        }
        if (wanted.isEmpty()) {
            throw new RefusedException("order " + placed.orderId() + " has no lines");
        }
        return wanted;
    }
}
