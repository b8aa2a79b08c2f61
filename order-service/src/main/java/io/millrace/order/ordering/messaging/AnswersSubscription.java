package io.millrace.order.ordering.messaging;

import io.millrace.events.Event;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.fraud.FraudEvent;
import io.millrace.events.fraud.ReviewDecided;
import io.millrace.events.fraud.TransactionScored;
import io.millrace.events.inventory.ReservationEvent;
import io.millrace.events.inventory.StockRejected;
import io.millrace.events.inventory.StockReserved;
import io.millrace.messaging.Message;
import io.millrace.messaging.consumer.BatchSubscription;
import io.millrace.messaging.consumer.RefusedException;
import io.millrace.messaging.topics.PublishedTopics;
import io.millrace.order.ordering.OrderAnswers;
import io.millrace.order.ordering.OrderAnswers.Answer;
import io.millrace.order.ordering.OrderCommand;
import io.millrace.order.ordering.UnknownOrderException;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears what inventory and fraud scoring answer, and tells the orders. */
@Configuration(proxyBeanMethods = false)
class AnswersSubscription {

    @Bean
    BatchSubscription answers(OrderAnswers orders) {
        return new BatchSubscription(
                "order-service.answers", List.of(Topics.RESERVATIONS, Topics.FRAUD_DECISIONS), messages -> {
                    try {
                        orders.apply(messages.stream()
                                .map(AnswersSubscription::answer)
                                .toList());
                    } catch (UnknownOrderException e) {
                        throw new RefusedException(e.getMessage(), e);
                    }
                });
    }

    @Bean
    PublishedTopics publishedTopics() {
        return new PublishedTopics(List.of(Topics.ORDER_EVENTS, Topics.TRANSACTION_EVENTS));
    }

    private static Answer answer(Message<?> message) {
        OrderCommand command = switch (message.event()) {
            case ReservationEvent reservation -> command(reservation);
            case FraudEvent decision -> command(decision);
            case Event other -> throw new RefusedException("unexpected " + other.getClass());
        };
        return new Answer(command, message.envelope().id());
    }

    private static OrderCommand command(ReservationEvent event) {
        return switch (event) {
            case StockReserved reserved -> new OrderCommand.RecordReserved(reserved.orderId());
            case StockRejected rejected -> new OrderCommand.RecordShortage(rejected.orderId());
        };
    }

    private static OrderCommand command(FraudEvent event) {
        return switch (event) {
            case TransactionScored scored ->
                switch (scored.outcome()) {
                    case APPROVE -> new OrderCommand.RecordApproved(scored.orderId());
                    case STEP_UP, REVIEW -> new OrderCommand.RecordHeld(scored.orderId());
                    case BLOCK -> new OrderCommand.RecordBlocked(scored.orderId());
                };
            case ReviewDecided review -> new OrderCommand.RecordReview(review.orderId(), review.approved());
        };
    }
}
