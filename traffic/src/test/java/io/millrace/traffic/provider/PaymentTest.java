package io.millrace.traffic.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaymentTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(20);

    @Test
    void keepsItsFirstAnswerWhateverHappensLater() {
        Payment voided = asked("tok_ok").voided(LATER);
        assertThat(voided.status()).isEqualTo(PaymentStatus.VOIDED);
        assertThat(PaymentView.answerOf(voided).status()).isEqualTo(PaymentStatus.AUTHORISED);
        assertThat(voided.history()).extracting(Payment.Change::at).containsExactly(NOW, LATER);
    }

    @Test
    void isNeverAuthorisedOnceVoidedWhilePending() {
        Payment voided = asked("tok_late").voided(LATER);
        assertThat(voided.authorisedLate(LATER)).isSameAs(voided);
        assertThat(voided.isOpen()).isFalse();
    }

    @Test
    void isVoidedOnceOnly() {
        Payment voided = asked("tok_ok").voided(LATER);
        assertThat(voided.voided(LATER.plusSeconds(1))).isSameAs(voided);
    }

    @Test
    void staysDeclinedWhenVoided() {
        Payment declined = asked("tok_declined");
        assertThat(declined.voided(LATER)).isSameAs(declined);
    }

    @Test
    void isDeclinedWhenItsVoidOvertookItsRequest() {
        Payment declined = Payment.tombstone("r1", NOW).askedAfterVoid(request("tok_late"), "pay_1", LATER);
        assertThat(declined.status()).isEqualTo(PaymentStatus.DECLINED);
        assertThat(declined.code()).isEqualTo("voided-before");
        assertThat(declined.isOpen()).isFalse();
        assertThat(declined.history()).hasSize(2);
    }

    @Test
    void owesCallbacksOnlyWithAnAddress() {
        PaymentRequest.Checked silent = new PaymentRequest.Checked("r1", "o1", new Amount(1, "GBP"), "tok_twice", null);
        assertThat(Payment.asked(silent, "pay_1", NOW).callbacksDue()).isZero();
        Payment told = asked("tok_twice");
        assertThat(told.callbacksDue()).isEqualTo(2);
        assertThat(told.calledBack().calledBack().isOpen()).isFalse();
    }

    @Test
    void survivesItsWayToTheLedgerAndBack() {
        Payment payment = asked("tok_late").authorisedLate(LATER);
        assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsBytes(payment), Payment.class))
                .isEqualTo(payment);
        Payment tombstone = Payment.tombstone("r2", NOW);
        assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsBytes(tombstone), Payment.class))
                .isEqualTo(tombstone);
    }

    private static Payment asked(String token) {
        return Payment.asked(request(token), "pay_1", NOW);
    }

    private static PaymentRequest.Checked request(String token) {
        return new PaymentRequest.Checked("r1", "o1", new Amount(1299, "GBP"), token, "http://127.0.0.1/cb");
    }
}
