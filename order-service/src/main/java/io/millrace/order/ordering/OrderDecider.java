package io.millrace.order.ordering;

import io.millrace.events.order.OrderConfirmed;
import io.millrace.events.order.OrderExpired;
import io.millrace.events.order.OrderHeld;
import io.millrace.events.order.OrderRejected;
import io.millrace.events.order.PaymentAuthorised;
import io.millrace.events.order.PaymentDeclined;
import io.millrace.events.order.PaymentVoided;
import io.millrace.events.order.RejectionReason;
import io.millrace.order.ordering.OrderCommand.PassDeadline;
import io.millrace.order.ordering.OrderCommand.RecordApproved;
import io.millrace.order.ordering.OrderCommand.RecordAuthorised;
import io.millrace.order.ordering.OrderCommand.RecordBlocked;
import io.millrace.order.ordering.OrderCommand.RecordDeclined;
import io.millrace.order.ordering.OrderCommand.RecordHeld;
import io.millrace.order.ordering.OrderCommand.RecordReserved;
import io.millrace.order.ordering.OrderCommand.RecordReview;
import io.millrace.order.ordering.OrderCommand.RecordShortage;
import io.millrace.order.ordering.OrderCommand.RecordVoided;
import io.millrace.order.ordering.OrderDecision.Announce;
import io.millrace.order.ordering.OrderDecision.AnnounceMoney;
import io.millrace.order.ordering.OrderDecision.Authorise;
import io.millrace.order.ordering.OrderDecision.Effect;
import io.millrace.order.ordering.OrderDecision.GiveBack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides an order's course from its whole state and one command. Pure: the same inputs give the same decision.
 *
 * <p>Answers may come in either order, twice, and late. A repeated answer changes nothing. A late one never revives an
 * order: an authorisation that succeeds after the end is given back; a late reservation needs nothing from here, as
 * inventory releases it on the order's own ending.
 */
final class OrderDecider {

    private final OrderDeadlines deadlines;

    OrderDecider(OrderDeadlines deadlines) {
        this.deadlines = deadlines;
    }

    OrderDecision decide(OrderState order, OrderCommand command, Instant now) {
        return switch (command) {
            case RecordReserved _ -> stock(order, StockAnswer.RESERVED, "stock-reserved", now);
            case RecordShortage _ -> stock(order, StockAnswer.REJECTED, "stock-short", now);
            case RecordApproved _ -> score(order, FraudAnswer.APPROVED, "fraud-approved", now);
            case RecordHeld _ -> score(order, FraudAnswer.HELD, "fraud-held", now);
            case RecordBlocked _ -> score(order, FraudAnswer.BLOCKED, "fraud-blocked", now);
            case RecordReview review -> review(order, review, now);
            case RecordAuthorised authorised -> authorised(order, authorised);
            case RecordDeclined declined -> declined(order, declined);
            case RecordVoided voided -> voided(order, voided);
            case PassDeadline _ -> deadline(order, now);
        };
    }

    private OrderDecision stock(OrderState order, StockAnswer answer, String cause, Instant now) {
        if (order.stock() != StockAnswer.UNKNOWN || !order.status().isUndecided()) {
            return nothing(order, cause);
        }
        return proceed(order.with(answer), cause, now);
    }

    private OrderDecision score(OrderState order, FraudAnswer answer, String cause, Instant now) {
        if (order.fraud() != FraudAnswer.UNKNOWN || !order.status().isUndecided()) {
            return nothing(order, cause);
        }
        return proceed(order.with(answer), cause, now);
    }

    /** A review may overtake the score it answers, or come before the stock: what it says stands either way. */
    private OrderDecision review(OrderState order, RecordReview review, Instant now) {
        String cause = review.approved() ? "review-approved" : "review-declined";
        boolean open = order.fraud() == FraudAnswer.HELD || order.fraud() == FraudAnswer.UNKNOWN;
        if (!open || !order.status().isUndecided()) {
            return nothing(order, cause);
        }
        if (!review.approved()) {
            return proceed(order.with(FraudAnswer.DECLINED), cause, now);
        }
        OrderState cleared = order.with(FraudAnswer.APPROVED);
        if (order.status() == OrderStatus.ON_HOLD) {
            // The deadline of an order runs anew: the one it was placed with may be long over.
            cleared = cleared.with(OrderStatus.PENDING).decidedBy(now.plus(deadlines.order()));
        }
        return proceed(cleared, cause, now);
    }

    /** Goes on as far as the answers at hand allow. */
    private OrderDecision proceed(OrderState order, String cause, Instant now) {
        if (order.stock() == StockAnswer.REJECTED) {
            return reject(order, RejectionReason.OUT_OF_STOCK, cause);
        }
        return switch (order.fraud()) {
            case BLOCKED -> reject(order, RejectionReason.FRAUD_BLOCKED, cause);
            case DECLINED -> reject(order, RejectionReason.REVIEW_DECLINED, cause);
            case UNKNOWN -> OrderDecision.of(order, cause);
            case HELD ->
                order.stock() == StockAnswer.RESERVED ? hold(order, cause, now) : OrderDecision.of(order, cause);
            case APPROVED ->
                order.stock() == StockAnswer.RESERVED && order.payment() == PaymentState.NONE
                        ? OrderDecision.of(order.with(PaymentState.PENDING), cause, new Authorise())
                        : OrderDecision.of(order, cause);
        };
    }

    private OrderDecision hold(OrderState order, String cause, Instant now) {
        OrderState held = order.with(OrderStatus.ON_HOLD).decidedBy(now.plus(deadlines.hold()));
        return OrderDecision.of(held, cause, new Announce(new OrderHeld(order.id(), held.decideBy())));
    }

    private OrderDecision authorised(OrderState order, RecordAuthorised command) {
        String cause = "payment-authorised";
        Effect announced = new AnnounceMoney(new PaymentAuthorised(order.id(), command.attemptId(), order.total()));
        return switch (order.payment()) {
            case PENDING -> {
                OrderState paid = order.with(PaymentState.AUTHORISED).with(OrderStatus.CONFIRMED);
                yield OrderDecision.of(
                        paid,
                        cause,
                        announced,
                        new Announce(new OrderConfirmed(order.id(), command.attemptId(), order.total())));
            }
            // Too late: the attempt already knows that it is to be given back; the money did move, so it is told.
            case VOIDING -> OrderDecision.of(order.with(PaymentState.AUTHORISED_LATE), cause, announced);
            case NONE, AUTHORISED, AUTHORISED_LATE, DECLINED, VOIDED -> nothing(order, cause);
        };
    }

    private OrderDecision declined(OrderState order, RecordDeclined command) {
        String cause = "payment-declined";
        Effect announced = new AnnounceMoney(new PaymentDeclined(order.id(), command.attemptId(), command.code()));
        return switch (order.payment()) {
            case PENDING ->
                prepend(announced, reject(order.with(PaymentState.DECLINED), RejectionReason.PAYMENT_DECLINED, cause));
            case VOIDING -> OrderDecision.of(order.with(PaymentState.DECLINED), cause, announced);
            case NONE, AUTHORISED, AUTHORISED_LATE, DECLINED, VOIDED -> nothing(order, cause);
        };
    }

    private OrderDecision voided(OrderState order, RecordVoided command) {
        String cause = "payment-voided";
        boolean awaited = order.payment() == PaymentState.VOIDING || order.payment() == PaymentState.AUTHORISED_LATE;
        if (!awaited) {
            return nothing(order, cause);
        }
        return OrderDecision.of(
                order.with(PaymentState.VOIDED),
                cause,
                new AnnounceMoney(new PaymentVoided(order.id(), command.attemptId(), order.total())));
    }

    private OrderDecision deadline(OrderState order, Instant now) {
        String cause = "deadline-passed";
        if (now.isBefore(order.decideBy())) {
            return nothing(order, cause);
        }
        return switch (order.status()) {
            case PENDING ->
                giveBack(OrderDecision.of(
                        order.with(OrderStatus.EXPIRED),
                        cause,
                        new Announce(new OrderExpired(order.id(), waitingFor(order)))));
            case ON_HOLD -> reject(order, RejectionReason.REVIEW_TIMEOUT, cause);
            case CONFIRMED, COMPLETED, REJECTED, CANCELLED, EXPIRED -> nothing(order, cause);
        };
    }

    private static OrderDecision reject(OrderState order, RejectionReason reason, String cause) {
        return giveBack(
                OrderDecision.of(order.rejected(reason), cause, new Announce(new OrderRejected(order.id(), reason))));
    }

    /** An attempt under way may still succeed: it is told to give back whatever comes of it. */
    private static OrderDecision giveBack(OrderDecision decision) {
        return switch (decision.state().payment()) {
            case PENDING, AUTHORISED -> {
                List<Effect> effects = new ArrayList<>(decision.effects());
                effects.add(new GiveBack());
                yield new OrderDecision(decision.state().with(PaymentState.VOIDING), decision.cause(), effects);
            }
            case NONE, DECLINED, VOIDING, AUTHORISED_LATE, VOIDED -> decision;
        };
    }

    private static OrderDecision prepend(Effect effect, OrderDecision decision) {
        List<Effect> effects = new ArrayList<>();
        effects.add(effect);
        effects.addAll(decision.effects());
        return new OrderDecision(decision.state(), decision.cause(), effects);
    }

    private static List<String> waitingFor(OrderState order) {
        List<String> waiting = new ArrayList<>();
        if (order.stock() == StockAnswer.UNKNOWN) {
            waiting.add("inventory");
        }
        if (order.fraud() == FraudAnswer.UNKNOWN || order.fraud() == FraudAnswer.HELD) {
            waiting.add("fraud");
        }
        if (order.payment() == PaymentState.PENDING) {
            waiting.add("payment");
        }
        return waiting;
    }

    private static OrderDecision nothing(OrderState order, String cause) {
        return OrderDecision.of(order, cause);
    }
}
