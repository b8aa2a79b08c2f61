package io.millrace.order.ordering;

import io.millrace.order.payment.PaymentListener;
import io.millrace.order.payment.PaymentOutcome;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells orders what became of their payments. */
@Component
class PaymentAnswers implements PaymentListener {

    private final OrderAnswers answers;

    PaymentAnswers(OrderAnswers answers) {
        this.answers = answers;
    }

    @Override
    public void on(List<PaymentOutcome> outcomes) {
        if (!outcomes.isEmpty()) {
            answers.apply(outcomes.stream()
                    .map(outcome -> new OrderAnswers.Answer(command(outcome), null))
                    .toList());
        }
    }

    private static OrderCommand command(PaymentOutcome outcome) {
        return switch (outcome.result()) {
            case PaymentOutcome.Authorised _ ->
                new OrderCommand.RecordAuthorised(outcome.orderId(), outcome.attemptId());
            case PaymentOutcome.Declined declined ->
                new OrderCommand.RecordDeclined(outcome.orderId(), outcome.attemptId(), declined.code());
            case PaymentOutcome.Voided _ -> new OrderCommand.RecordVoided(outcome.orderId(), outcome.attemptId());
        };
    }
}
