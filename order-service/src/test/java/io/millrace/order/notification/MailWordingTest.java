package io.millrace.order.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.Money;
import io.millrace.events.order.NotificationKind;
import io.millrace.events.order.RejectionReason;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MailWordingTest {

    private static final UUID ORDER = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
    private static final Instant AT = Instant.parse("2026-05-04T10:15:30Z");

    private final MailWording wording = new MailWording("shop.example");

    @ParameterizedTest
    @CsvSource({"ORDER_CONFIRMED, confirmed", "ORDER_REJECTED, rejected", "ORDER_EXPIRED, expired"})
    void derivesTheMessageIdFromOrderAndKindAlone(NotificationKind kind, String word) {
        String expected = "<01890a5d-ac96-774b-bcce-b302099a8057." + word + "@shop.example>";
        assertThat(wording.messageId(ORDER, kind)).isEqualTo(expected);
        assertThat(wording.mail(notice(kind, null, "Ada", line("Tea"), "GBP")).messageId())
                .isEqualTo(expected);
    }

    @Test
    void givesTheSameMailForTheSameNotice() {
        Notice notice = notice(NotificationKind.ORDER_CONFIRMED, null, "Ada", line("Tea"), "GBP");
        assertThat(wording.mail(notice)).isEqualTo(new MailWording("shop.example").mail(notice));
        assertThat(wording.mail(notice).date()).isEqualTo(AT);
    }

    @Test
    void listsLinesPricesAndTotalOfAConfirmedOrder() {
        Mail mail = wording.mail(notice(NotificationKind.ORDER_CONFIRMED, null, "Ada Byron", line("Green tea"), "GBP"));
        assertThat(mail.subject()).isEqualTo("Your order " + ORDER + " is confirmed");
        assertThat(mail.text()).isEqualTo("""
                        Hello Ada Byron,

                        thank you. Your order is confirmed.

                        Order 01890a5d-ac96-774b-bcce-b302099a8057

                          2 x Green tea, 4.50 GBP each

                          Total: 9.00 GBP

                        We pack it now. You will be charged when it leaves us.
                        """);
    }

    @ParameterizedTest
    @CsvSource({"GBP, 9.00 GBP", "JPY, 900 JPY", "KWD, 0.900 KWD", "XXX, 900 XXX", "QQQ, 9.00 QQQ"})
    void writesAmountsWithTheDecimalsOfTheirCurrency(String currency, String amount) {
        assertThat(wording.mail(notice(NotificationKind.ORDER_CONFIRMED, null, "Ada", line("Tea"), currency))
                        .text())
                .contains("Total: " + amount + "\n");
    }

    @ParameterizedTest
    @EnumSource(RejectionReason.class)
    void neverTellsHowAnOrderWasJudged(RejectionReason reason) {
        Mail mail = wording.mail(notice(NotificationKind.ORDER_REJECTED, reason, "Ada", line("Tea"), "GBP"));
        assertThat((mail.subject() + mail.text()).toLowerCase(Locale.ROOT))
                .contains("not been charged")
                .doesNotContain("fraud", "score", "review", "analyst", "block", "rule", "risk");
    }

    @Test
    void namesAReasonTheCustomerCanActOn() {
        assertThat(rejected(RejectionReason.OUT_OF_STOCK)).contains("not available");
        assertThat(rejected(RejectionReason.PAYMENT_DECLINED)).contains("payment was declined");
        assertThat(rejected(RejectionReason.FRAUD_BLOCKED))
                .isEqualTo(rejected(RejectionReason.REVIEW_DECLINED))
                .isEqualTo(rejected(RejectionReason.REVIEW_TIMEOUT));
    }

    @Test
    void keepsForeignTextOnItsLine() {
        Mail mail = wording.mail(notice(
                NotificationKind.ORDER_CONFIRMED,
                null,
                "Eve\r\nBcc: victim@example.org",
                line("Tea\u0000\n\nTotal: 0.01 GBP"),
                "GBP"));
        assertThat(mail.name()).isEqualTo("Eve Bcc: victim@example.org");
        assertThat(mail.text().lines().filter(line -> line.strip().startsWith("Total:")))
                .containsExactly("  Total: 9.00 GBP");
        assertThat(mail.text()).doesNotContain("\r", "\u0000").contains("2 x Tea Total: 0.01 GBP, 4.50 GBP each");
    }

    @Test
    void greetsWithoutANameWhereNothingOfItIsLeft() {
        Mail mail = wording.mail(notice(NotificationKind.ORDER_EXPIRED, null, "\u202e\u0007", line(" "), "GBP"));
        assertThat(mail.name()).isEmpty();
        assertThat(mail.text()).startsWith("Hello,\n").contains("2 x tea, ");
    }

    private String rejected(RejectionReason reason) {
        return wording.mail(notice(NotificationKind.ORDER_REJECTED, reason, "Ada", line("Tea"), "GBP"))
                .text();
    }

    private static Notice.Line line(String name) {
        return new Notice.Line("tea", name, 2, 450);
    }

    private static Notice notice(
            NotificationKind kind, @Nullable RejectionReason reason, String name, Notice.Line line, String currency) {
        return new Notice(ORDER, kind, reason, AT, "ada@example.org", name, List.of(line), new Money(900, currency));
    }
}
