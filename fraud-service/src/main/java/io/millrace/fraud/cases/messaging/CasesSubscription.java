package io.millrace.fraud.cases.messaging;

import io.millrace.events.Event;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.fraud.FraudEvent;
import io.millrace.events.fraud.ReviewDecided;
import io.millrace.events.fraud.TransactionScored;
import io.millrace.events.order.OrderConfirmed;
import io.millrace.events.order.OrderEvent;
import io.millrace.events.order.OrderExpired;
import io.millrace.events.order.OrderHeld;
import io.millrace.events.order.OrderPlaced;
import io.millrace.events.order.OrderRejected;
import io.millrace.fraud.cases.CaseFact;
import io.millrace.fraud.cases.CaseRecorder;
import io.millrace.fraud.cases.Decision;
import io.millrace.fraud.cases.FraudCase.Ruling;
import io.millrace.fraud.cases.Verdict;
import io.millrace.messaging.Message;
import io.millrace.messaging.consumer.BatchSubscription;
import io.millrace.messaging.topics.PublishedTopics;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears decisions and the endings of orders, and has them recorded. */
@Configuration(proxyBeanMethods = false)
class CasesSubscription {

    static final String GROUP = "fraud-service.cases";

    @Bean
    BatchSubscription cases(CaseRecorder recorder) {
        return new BatchSubscription(
                GROUP,
                List.of(Topics.FRAUD_DECISIONS, Topics.ORDER_EVENTS),
                messages -> recorder.record(
                        messages.stream().flatMap(CasesSubscription::fact).toList()));
    }

    @Bean
    PublishedTopics publishedTopics() {
        return new PublishedTopics(List.of(Topics.FRAUD_DECISIONS));
    }

    private static Stream<CaseFact> fact(Message<?> message) {
        return switch (message.event()) {
            case FraudEvent event -> Stream.of(fact(event, message));
            case OrderEvent event -> fact(event);
            case Event other -> throw new IllegalStateException("not subscribed to: " + other.getClass());
        };
    }

    private static CaseFact fact(FraudEvent event, Message<?> message) {
        return switch (event) {
            case TransactionScored scored ->
                new CaseFact.Scored(new Decision(message.envelope().id(), scored));
            case ReviewDecided review ->
                new CaseFact.Ruled(
                        review.orderId(),
                        new Ruling(
                                review.approved() ? Verdict.APPROVE : Verdict.DECLINE,
                                review.decidedBy(),
                                message.envelope().time(),
                                Optional.empty()));
        };
    }

    /** A confirmed order had its approval, from scoring or by its case: nothing is left open. */
    private static Stream<CaseFact> fact(OrderEvent event) {
        return switch (event) {
            case OrderRejected rejected -> Stream.of(new CaseFact.Ended(rejected.orderId(), "rejected"));
            case OrderExpired expired -> Stream.of(new CaseFact.Ended(expired.orderId(), "expired"));
            case OrderPlaced _, OrderHeld _, OrderConfirmed _ -> Stream.empty();
        };
    }
}
