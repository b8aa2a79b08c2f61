package io.millrace.traffic.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.traffic.journal.JournalException;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentProviderTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Delays LONG = new Delays(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(5));
    private static final Delays SHORT = new Delays(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1));

    @TempDir
    private Path directory;

    private Merchant merchant;
    private PaymentProvider provider;

    @BeforeEach
    void open() throws Exception {
        merchant = new Merchant();
        provider = start(SHORT);
    }

    @AfterEach
    void close() {
        provider.close();
        merchant.close();
    }

    private PaymentProvider start(Delays delays) {
        CallbackSettings callbacks =
                new CallbackSettings("secret", 4, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofSeconds(5));
        return PaymentProvider.start(ProviderSettings.of(directory, "secret")
                .withPort(0)
                .withDelays(delays)
                .withCallbacks(callbacks));
    }

    private void restart(Delays delays) {
        provider.close();
        provider = start(delays);
    }

    @Test
    void givesTheIdenticalAnswerToARepeatedKeyAlsoAfterARestartAndAVoid() throws Exception {
        HttpResponse<String> first = pay("r1", "tok_ok_1");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.body()).contains("\"status\":\"AUTHORISED\"", "\"reference\":\"r1\"");
        assertThat(pay("r1", "tok_ok_1").body()).isEqualTo(first.body());
        assertThat(merchant.giveBack(provider.port(), "r1").body()).contains("\"status\":\"VOIDED\"");
        restart(SHORT);
        HttpResponse<String> again = pay("r1", "tok_ok_1");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(find("r1").body()).contains("\"status\":\"VOIDED\"");
    }

    @Test
    void refusesAKeyWithAnotherBody() throws Exception {
        pay("r1", "tok_ok");
        HttpResponse<String> other = pay("r1", "tok_ok_2");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("idempotency-key-reused");
        assertThat(other.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        HttpResponse<String> differing =
                merchant.pay(provider.port(), "r3", BodyPublishers.ofString(merchant.body("r2", "tok_ok")));
        assertThat(differing.statusCode()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"reference\":\"r1\"}",
                "{\"reference\":\"r1\",\"orderId\":\"o\",\"amount\":{\"currency\":\"GBP\"},\"paymentToken\":\"t\"}",
                "{\"reference\":\"r1\",\"orderId\":\"o\",\"amount\":{\"minorUnits\":-1,\"currency\":\"GBP\"},\"paymentToken\":\"t\"}",
                "{\"reference\":\"r1\",\"orderId\":\"o\",\"amount\":{\"minorUnits\":1,\"currency\":\"gbp\"},\"paymentToken\":\"t\"}",
                "{\"reference\":\"r1\",\"orderId\":\"o\",\"amount\":{\"minorUnits\":1,\"currency\":null},\"paymentToken\":\"t\"}",
                "{\"reference\":\"r1\",\"orderId\":\"o\",\"amount\":{\"minorUnits\":1,\"currency\":\"GBP\"},\"paymentToken\":\"a b\"}",
                "{\"reference\":\"r1\",\"orderId\":\"o\",\"amount\":{\"minorUnits\":1,\"currency\":\"GBP\"},\"paymentToken\":\"t\",\"x\":1}",
                "{\"reference\":\"r1\",\"orderId\":\"o\",\"amount\":{\"minorUnits\":1,\"currency\":\"GBP\"},\"paymentToken\":\"t\",\"callbackUrl\":\"file:///x\"}"
            })
    void refusesABodyOutOfFormAndStoresNothing(String body) throws Exception {
        HttpResponse<String> answer = merchant.pay(provider.port(), "r1", BodyPublishers.ofString(body));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("urn:millrace:problem:malformed-request");
        assertThat(find("r1").statusCode()).isEqualTo(404);
        assertThat(ledger()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {20_000, 200_000, WholeBody.MOST_FORGOTTEN})
    void refusesABodyTooLargeWithAndWithoutALengthOnOneConnection(int size) throws Exception {
        byte[] large = "x".repeat(size).getBytes(UTF_8);
        for (int round = 0; round < 50; round++) {
            assertThat(merchant.pay(provider.port(), "r1", BodyPublishers.ofByteArray(large))
                            .statusCode())
                    .isEqualTo(413);
            assertThat(merchant.pay(
                                    provider.port(),
                                    "r1",
                                    BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                            .statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void declinesWithTheCardsCode() throws Exception {
        assertThat(pay("r1", "tok_declined").body()).contains("\"status\":\"DECLINED\"", "card-declined");
        assertThat(pay("r2", "tok_insufficient_funds").body()).contains("insufficient-funds");
        assertThat(pay("r3", "tok_unheard_of").body()).contains("invalid-token");
    }

    @Test
    void declinesWhatWasVoidedBeforeItWasAskedFor() throws Exception {
        assertThat(merchant.giveBack(provider.port(), "r1").statusCode()).isEqualTo(404);
        assertThat(merchant.giveBack(provider.port(), "r1").statusCode()).isEqualTo(404);
        assertThat(find("r1").statusCode()).isEqualTo(404);
        restart(SHORT);
        assertThat(pay("r1", "tok_ok").body()).contains("\"status\":\"DECLINED\"", "voided-before");
        assertThat(ledger()).contains("voided-before");
    }

    @Test
    void findsByPathAndByQuery() throws Exception {
        pay("r1", "tok_ok");
        assertThat(merchant.get(provider.port(), "/payments?reference=r1").body())
                .isEqualTo(find("r1").body());
        assertThat(find("r2").statusCode()).isEqualTo(404);
        assertThat(merchant.get(provider.port(), "/payments").statusCode()).isEqualTo(400);
        assertThat(merchant.get(provider.port(), "/elsewhere").statusCode()).isEqualTo(404);
        assertThat(merchant.get(provider.port(), "/payments/r1/void").statusCode())
                .isEqualTo(405);
        assertThat(merchant.get(provider.port(), "/health").statusCode()).isEqualTo(200);
    }

    @Test
    void authorisesALatePaymentAfterARestartAndTellsSo() throws Exception {
        restart(LONG);
        assertThat(pay("r1", "tok_late").body()).contains("\"status\":\"PENDING\"");
        assertThat(find("r1").body()).contains("\"status\":\"PENDING\"");
        restart(SHORT);
        await().atMost(SOON).untilAsserted(() -> assertThat(find("r1").body()).contains("\"status\":\"AUTHORISED\""));
        await().atMost(SOON).until(() -> merchant.received().size() == 1);
        assertThat(merchant.received().getFirst().body()).contains("\"status\":\"AUTHORISED\"", "\"at\":");
        assertThat(pay("r1", "tok_late").body()).contains("\"status\":\"PENDING\"");
    }

    @Test
    void sendsTheSameOutcomeTwiceSigned() throws Exception {
        pay("r1", "tok_twice");
        await().atMost(SOON).until(() -> merchant.received().size() == 2);
        Merchant.Callback first = merchant.received().getFirst();
        assertThat(merchant.received().getLast().body()).isEqualTo(first.body());
        String time = first.signature().replaceAll("t=(\\d+),.*", "$1");
        assertThat(first.signature())
                .isEqualTo(CallbackSignature.of(
                        "secret",
                        Instant.ofEpochSecond(Long.parseLong(time)),
                        first.body().getBytes(UTF_8)));
        await().atMost(SOON).untilAsserted(() -> assertThat(ledger()).contains("\"callbacksDue\":0"));
    }

    @Test
    void triesACallbackAgainUntilItIsTaken() throws Exception {
        merchant.refuseNext(2);
        pay("r1", "tok_contradict");
        await().atMost(SOON).until(() -> merchant.received().size() == 3);
        assertThat(merchant.received().getLast().body()).contains("\"status\":\"DECLINED\"");
        assertThat(find("r1").body()).contains("\"status\":\"AUTHORISED\"");
        await().atMost(SOON).untilAsserted(() -> assertThat(ledger()).contains("\"callbacksDue\":0"));
    }

    @Test
    void givesACallbackUpAfterItsLastAttempt() throws Exception {
        merchant.refuseNext(100);
        pay("r1", "tok_contradict");
        await().atMost(SOON).untilAsserted(() -> assertThat(ledger()).contains("\"callbacksDue\":0"));
        assertThat(merchant.received()).hasSize(4);
    }

    @Test
    void sendsAFlakyCardAwayOnce() throws Exception {
        HttpResponse<String> away = pay("r1", "tok_flaky");
        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.headers().firstValue("Retry-After")).isPresent();
        assertThat(find("r1").statusCode()).isEqualTo(404);
        assertThat(pay("r1", "tok_flaky").body()).contains("\"status\":\"AUTHORISED\"");
    }

    @Test
    void breaksTheAnswerOfAMalformedCardEachTime() throws Exception {
        HttpResponse<String> first = pay("r1", "tok_malformed");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).doesNotContain("}");
        assertThat(pay("r1", "tok_malformed").body()).isEqualTo(first.body());
        assertThat(find("r1").body()).contains("\"status\":\"AUTHORISED\"");
    }

    @Test
    void answersSlowAndDelayedCardsInTheEnd() throws Exception {
        assertThat(pay("r1", "tok_slow").body()).contains("\"status\":\"AUTHORISED\"");
        assertThat(pay("r2", "tok_timeout").body()).contains("\"status\":\"AUTHORISED\"");
        assertThat(pay("r3", "tok_delayed").body()).contains("\"status\":\"AUTHORISED\"");
    }

    @Test
    void authorisesAtOnceWhatItHoldsTheAnswerOfButNotWhatIsDelayed() throws Exception {
        restart(LONG);
        Thread timeout = Thread.ofVirtual().start(() -> payWithoutAnswer("r1", "tok_timeout"));
        Thread delayed = Thread.ofVirtual().start(() -> payWithoutAnswer("r2", "tok_delayed"));
        await().atMost(SOON).untilAsserted(() -> assertThat(find("r1").body()).contains("\"status\":\"AUTHORISED\""));
        assertThat(find("r2").statusCode()).isEqualTo(404);
        timeout.interrupt();
        delayed.interrupt();
        timeout.join();
        delayed.join();
    }

    private void payWithoutAnswer(String reference, String token) {
        assertThatThrownBy(() -> pay(reference, token)).isInstanceOf(Exception.class);
    }

    @Test
    void refusesASecondProviderOnTheSameLedger() {
        assertThatThrownBy(() -> start(SHORT)).isInstanceOf(JournalException.class);
    }

    private HttpResponse<String> pay(String reference, String token) throws Exception {
        return merchant.pay(provider.port(), reference, token);
    }

    private HttpResponse<String> find(String reference) throws Exception {
        return merchant.find(provider.port(), reference);
    }

    private String ledger() throws Exception {
        return merchant.get(provider.port(), "/ledger").body();
    }
}
