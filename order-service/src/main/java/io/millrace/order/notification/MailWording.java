package io.millrace.order.notification;

import io.millrace.events.Money;
import io.millrace.events.order.NotificationKind;
import io.millrace.events.order.RejectionReason;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says. Pure: the same notice gives the same mail, to the byte, so that a repeat can be told as one.
 *
 * <p>Headers hold nothing of the customer's but address and name; how orders are judged is not told.
 */
final class MailWording {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_PRODUCT = 80;

    /** By currency, as there is no asking for one that may not exist but by an exception. */
    private static final Map<String, Integer> DECIMALS = Currency.getAvailableCurrencies().stream()
            .collect(Collectors.toUnmodifiableMap(
                    Currency::getCurrencyCode, known -> Math.max(known.getDefaultFractionDigits(), 0)));

    private final String domain;

    /** @param domain right part of every {@code Message-ID} */
    MailWording(String domain) {
        this.domain = domain;
    }

    Mail mail(Notice notice) {
        String name = PlainLine.of(notice.name(), LONGEST_NAME);
        return new Mail(
                messageId(notice.orderId(), notice.kind()),
                notice.email(),
                name,
                subject(notice),
                text(notice, name),
                notice.occurredAt());
    }

    /** The {@code Message-ID} of a mail, the same at every try and in every instance. */
    String messageId(UUID orderId, NotificationKind kind) {
        return "<" + orderId + "." + word(kind) + "@" + domain + ">";
    }

    private static String word(NotificationKind kind) {
        return switch (kind) {
            case ORDER_CONFIRMED -> "confirmed";
            case ORDER_REJECTED -> "rejected";
            case ORDER_EXPIRED -> "expired";
        };
    }

    private static String subject(Notice notice) {
        String end = switch (notice.kind()) {
            case ORDER_CONFIRMED -> "is confirmed";
            case ORDER_REJECTED -> "could not be accepted";
            case ORDER_EXPIRED -> "could not be completed";
        };
        return "Your order " + notice.orderId() + " " + end;
    }

    private static String text(Notice notice, String name) {
        StringBuilder text = new StringBuilder();
        text.append(name.isEmpty() ? "Hello,\n\n" : "Hello " + name + ",\n\n");
        text.append(outcome(notice))
                .append("\n\nOrder ")
                .append(notice.orderId())
                .append("\n\n");
        String currency = notice.total().currency();
        for (Notice.Line line : notice.lines()) {
            Money unit = new Money(line.unitMinor(), currency);
            String product = PlainLine.of(line.name().isBlank() ? line.sku() : line.name(), LONGEST_PRODUCT);
            text.append("  ")
                    .append(line.quantity())
                    .append(" x ")
                    .append(product)
                    .append(", ")
                    .append(amount(unit))
                    .append(" each\n");
        }
        text.append("\n  Total: ").append(amount(notice.total())).append("\n\n");
        return text.append(ending(notice.kind())).append('\n').toString();
    }

    private static String outcome(Notice notice) {
        return switch (notice.kind()) {
            case ORDER_CONFIRMED -> "thank you. Your order is confirmed.";
            case ORDER_REJECTED -> "we are sorry. " + refusal(notice.reason());
            case ORDER_EXPIRED -> "we are sorry. We could not complete your order in time, and have ended it.";
        };
    }

    private static String refusal(@Nullable RejectionReason reason) {
        return switch (reason) {
            case OUT_OF_STOCK -> "At least one item of your order is not available in the quantity you wanted.";
            case PAYMENT_DECLINED -> "Your payment was declined. You are welcome to order again with another card.";
            // What was found, and by whom, is for analysts alone: it would teach a fraudster.
            case FRAUD_BLOCKED, REVIEW_DECLINED, REVIEW_TIMEOUT ->
                "We can't accept your order. If you think that this is a mistake, please answer this mail.";
            case null -> "We can't accept your order.";
        };
    }

    private static String ending(NotificationKind kind) {
        return switch (kind) {
            case ORDER_CONFIRMED -> "We pack it now. You will be charged when it leaves us.";
            case ORDER_REJECTED, ORDER_EXPIRED ->
                "You have not been charged. If your bank has set an amount aside, it will be released.";
        };
    }

    /** Such as {@code 12.50 GBP}, with as many decimals as the currency has. */
    private static String amount(Money money) {
        return BigDecimal.valueOf(money.minorUnits(), DECIMALS.getOrDefault(money.currency(), 2))
                        .toPlainString() + " " + money.currency();
    }
}
