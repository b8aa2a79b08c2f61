package io.millrace.order.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.Money;
import io.millrace.events.order.OrderConfirmed;
import io.millrace.events.order.OrderEvent;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderDeciderTest {

    private static final UUID ID = UUID.fromString("01890000-0000-7000-8000-000000000001");
    private static final UUID ATTEMPT = UUID.fromString("01890000-0000-7000-8000-000000000002");
    private static final Money TOTAL = new Money(1_999, "GBP");
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration ORDER_DEADLINE = Duration.ofMinutes(5);
    private static final Duration HOLD_DEADLINE = Duration.ofHours(24);
    private static final OrderDecider DECIDER = new OrderDecider(new OrderDeadlines(ORDER_DEADLINE, HOLD_DEADLINE));

    private static final OrderCommand RESERVED = new RecordReserved(ID);
    private static final OrderCommand SHORTAGE = new RecordShortage(ID);
    private static final OrderCommand APPROVED = new RecordApproved(ID);
    private static final OrderCommand HELD = new RecordHeld(ID);
    private static final OrderCommand BLOCKED = new RecordBlocked(ID);
    private static final OrderCommand REVIEW_YES = new RecordReview(ID, true);
    private static final OrderCommand REVIEW_NO = new RecordReview(ID, false);
    private static final OrderCommand AUTHORISED = new RecordAuthorised(ID, ATTEMPT);
    private static final OrderCommand DECLINED = new RecordDeclined(ID, ATTEMPT, "insufficient-funds");
    private static final OrderCommand VOIDED = new RecordVoided(ID, ATTEMPT);
    private static final OrderCommand DEADLINE = new PassDeadline(ID);

    @Test
    void authorisesOnceStockAndFraudHaveClearedInEitherOrder() {
        for (List<OrderCommand> commands : List.of(List.of(RESERVED, APPROVED), List.of(APPROVED, RESERVED))) {
            Story story = tell(commands);
            assertThat(story.effects).containsExactly(new Authorise());
            assertThat(story.state.status()).isEqualTo(OrderStatus.PENDING);
            assertThat(story.state.payment()).isEqualTo(PaymentState.PENDING);
        }
    }

    @Test
    void confirmsWhenTheProviderAuthorises() {
        Story story = tell(List.of(RESERVED, APPROVED, AUTHORISED));
        assertThat(story.state.status()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(story.effects)
                .containsExactly(
                        new Authorise(),
                        new AnnounceMoney(new PaymentAuthorised(ID, ATTEMPT, TOTAL)),
                        new Announce(new OrderConfirmed(ID, ATTEMPT, TOTAL)));
    }

    @Test
    void rejectsWhatIsOutOfStockWhateverFraudSays() {
        for (List<OrderCommand> commands : List.of(
                List.of(SHORTAGE, APPROVED),
                List.of(APPROVED, SHORTAGE),
                List.of(HELD, SHORTAGE),
                List.of(SHORTAGE, HELD),
                List.of(SHORTAGE, BLOCKED),
                List.of(SHORTAGE, REVIEW_YES))) {
            Story story = tell(commands);
            assertThat(story.state.status()).isEqualTo(OrderStatus.REJECTED);
            assertThat(story.effects)
                    .containsExactly(new Announce(new OrderRejected(ID, RejectionReason.OUT_OF_STOCK)));
        }
    }

    @Test
    void rejectsWhatFraudBlocksWhateverStockSays() {
        for (List<OrderCommand> commands :
                List.of(List.of(BLOCKED, RESERVED), List.of(RESERVED, BLOCKED), List.of(BLOCKED, SHORTAGE))) {
            Story story = tell(commands);
            assertThat(story.effects)
                    .containsExactly(new Announce(new OrderRejected(ID, RejectionReason.FRAUD_BLOCKED)));
        }
    }

    @Test
    void holdsOnceStockIsReservedInEitherOrder() {
        for (List<OrderCommand> commands : List.of(List.of(RESERVED, HELD), List.of(HELD, RESERVED))) {
            Story story = tell(commands);
            assertThat(story.state.status()).isEqualTo(OrderStatus.ON_HOLD);
            assertThat(story.state.decideBy()).isEqualTo(NOW.plus(HOLD_DEADLINE));
            assertThat(story.effects).containsExactly(new Announce(new OrderHeld(ID, NOW.plus(HOLD_DEADLINE))));
        }
    }

    @Test
    void goesOnWithANewDeadlineWhenAHeldOrderIsApproved() {
        Story story = tell(List.of(RESERVED, HELD));
        Instant later = NOW.plus(Duration.ofHours(20));
        story.tell(REVIEW_YES, later);
        assertThat(story.state.status()).isEqualTo(OrderStatus.PENDING);
        assertThat(story.state.decideBy()).isEqualTo(later.plus(ORDER_DEADLINE));
        assertThat(story.effects.getLast()).isEqualTo(new Authorise());
        story.tell(AUTHORISED, later);
        assertThat(story.state.status()).isEqualTo(OrderStatus.CONFIRMED);
    }

    @Test
    void rejectsAHeldOrderThatIsDeclinedWithoutEverAskingForMoney() {
        Story story = tell(List.of(RESERVED, HELD, REVIEW_NO));
        assertThat(story.state.rejection()).isEqualTo(RejectionReason.REVIEW_DECLINED);
        assertThat(story.effects).doesNotContain(new Authorise(), new GiveBack());
    }

    @Test
    void takesAReviewThatComesBeforeTheStock() {
        Story approved = tell(List.of(HELD, REVIEW_YES, RESERVED));
        assertThat(approved.effects).containsExactly(new Authorise());
        Story declined = tell(List.of(HELD, REVIEW_NO, RESERVED));
        assertThat(declined.state.rejection()).isEqualTo(RejectionReason.REVIEW_DECLINED);
    }

    @Test
    void rejectsAHeldOrderAtItsDeadlineAndNotBefore() {
        Story story = tell(List.of(RESERVED, HELD));
        story.tell(DEADLINE, NOW.plus(HOLD_DEADLINE).minusNanos(1));
        assertThat(story.state.status()).isEqualTo(OrderStatus.ON_HOLD);
        story.tell(DEADLINE, NOW.plus(HOLD_DEADLINE));
        assertThat(story.state.rejection()).isEqualTo(RejectionReason.REVIEW_TIMEOUT);
    }

    @Test
    void expiresAtItsDeadlineSayingWhoHadNotAnswered() {
        Story story = tell(List.of(RESERVED));
        story.tell(DEADLINE, NOW.plus(ORDER_DEADLINE));
        assertThat(story.state.status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(story.effects).containsExactly(new Announce(new OrderExpired(ID, List.of("fraud"))));
    }

    @Test
    void givesBackWhatAnAttemptUnderWayMayStillBring() {
        Story story = tell(List.of(RESERVED, APPROVED));
        story.tell(DEADLINE, NOW.plus(ORDER_DEADLINE));
        assertThat(story.effects).endsWith(new Announce(new OrderExpired(ID, List.of("payment"))), new GiveBack());

        story.tell(AUTHORISED, NOW.plus(ORDER_DEADLINE));
        assertThat(story.state.status()).isEqualTo(OrderStatus.EXPIRED);
        story.tell(VOIDED, NOW.plus(ORDER_DEADLINE));
        assertThat(story.effects)
                .endsWith(
                        new AnnounceMoney(new PaymentAuthorised(ID, ATTEMPT, TOTAL)),
                        new AnnounceMoney(new PaymentVoided(ID, ATTEMPT, TOTAL)));
        assertThat(story.state.payment()).isEqualTo(PaymentState.VOIDED);
    }

    @Test
    void rejectsWhatTheProviderDeclinesAndGivesNothingBack() {
        Story story = tell(List.of(RESERVED, APPROVED, DECLINED));
        assertThat(story.effects)
                .containsExactly(
                        new Authorise(),
                        new AnnounceMoney(new PaymentDeclined(ID, ATTEMPT, "insufficient-funds")),
                        new Announce(new OrderRejected(ID, RejectionReason.PAYMENT_DECLINED)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void keepsItsPromisesUnderRandomAnswers(long seed) {
        Random random = new Random(seed);
        List<OrderCommand> all = List.of(
                RESERVED,
                SHORTAGE,
                APPROVED,
                HELD,
                BLOCKED,
                REVIEW_YES,
                REVIEW_NO,
                AUTHORISED,
                DECLINED,
                VOIDED,
                DEADLINE);
        for (int round = 0; round < 5_000; round++) {
            Story story = tell(List.of());
            Instant now = NOW;
            for (int i = 0; i < 14; i++) {
                now = now.plus(Duration.ofSeconds(random.nextInt(100)));
                OrderState before = story.state;
                story.tell(all.get(random.nextInt(all.size())), now);
                if (!before.status().isUndecided()) {
                    assertThat(story.state.status()).isEqualTo(before.status());
                }
            }
            story.assertPromises();
        }
    }

    private static Story tell(List<OrderCommand> commands) {
        Story story = new Story();
        commands.forEach(command -> story.tell(command, NOW));
        return story;
    }

    /** An order's way, every command told twice: the repetition must change nothing. */
    private static final class Story {
        private OrderState state = OrderState.placed(ID, TOTAL, NOW.plus(ORDER_DEADLINE));
        private final List<Effect> effects = new ArrayList<>();

        void tell(OrderCommand command, Instant now) {
            OrderDecision decision = DECIDER.decide(state, command, now);
            state = decision.state();
            effects.addAll(decision.effects());
            OrderDecision again = DECIDER.decide(state, command, now);
            assertThat(again.effects()).isEmpty();
            assertThat(again.state()).isEqualTo(state);
        }

        void assertPromises() {
            List<OrderEvent> endings = effects.stream()
                    .filter(Announce.class::isInstance)
                    .map(effect -> ((Announce) effect).event())
                    .filter(event -> !(event instanceof OrderHeld))
                    .toList();
            assertThat(endings).hasSize(state.status().isUndecided() ? 0 : 1);
            boolean asked = effects.contains(new Authorise());
            assertThat(effects.stream().filter(Authorise.class::isInstance)).hasSizeLessThanOrEqualTo(1);
            switch (state.status()) {
                case CONFIRMED -> {
                    assertThat(state.stock()).isEqualTo(StockAnswer.RESERVED);
                    assertThat(state.fraud()).isEqualTo(FraudAnswer.APPROVED);
                    assertThat(state.payment()).isEqualTo(PaymentState.AUTHORISED);
                    assertThat(effects).doesNotContain(new GiveBack());
                }
                case REJECTED, EXPIRED -> {
                    boolean declined = state.payment() == PaymentState.DECLINED;
                    boolean givenBack = effects.contains(new GiveBack());
                    assertThat(givenBack || declined).isEqualTo(asked);
                }
                case PENDING, ON_HOLD -> assertThat(effects).doesNotContain(new GiveBack());
                case COMPLETED, CANCELLED -> throw new AssertionError("not reachable yet: " + state.status());
            }
        }
    }
}
