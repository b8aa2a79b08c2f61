package io.millrace.traffic.provider;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a merchant asks to have authorised.
 *
 * @param reference the merchant's own name of the attempt, and its idempotency key
 * @param callbackUrl where to send callbacks, http or https; none are sent without it
 */
record PaymentRequest(
        @Nullable String reference,
        @Nullable String orderId,
        @Nullable Amount amount,
        @Nullable String paymentToken,
        @Nullable String callbackUrl) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,100}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._:-]{1,200}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    static boolean isReference(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * This request with nothing missing.
     *
     * @throws ProblemException naming the field that is wrong
     */
    Checked checked() {
        if (amount == null) {
            throw new ProblemException(Problem.badRequest("amount is missing"));
        }
        if (amount.minorUnits() < 0 || amount.currency() == null || !matches(CURRENCY, amount.currency())) {
            throw new ProblemException(Problem.badRequest("amount is not a positive number of an ISO 4217 currency"));
        }
        if (callbackUrl != null && !isHttp(callbackUrl)) {
            throw new ProblemException(Problem.badRequest("callbackUrl is not an http address"));
        }
        return new Checked(
                require("reference", NAME, reference),
                require("orderId", NAME, orderId),
                amount,
                require("paymentToken", TOKEN, paymentToken),
                callbackUrl);
    }

    /** A request that is complete and in form. */
    record Checked(
            String reference,
            String orderId,
            Amount amount,
            String paymentToken,
            @Nullable String callbackUrl) {}

    private static String require(String field, Pattern form, @Nullable String value) {
        if (value == null || !matches(form, value)) {
            throw new ProblemException(Problem.badRequest(field + " is missing or not of the form " + form));
        }
        return value;
    }

    private static boolean matches(Pattern form, String value) {
        return form.matcher(value).matches();
    }

    private static boolean isHttp(String url) {
        if (url.length() > 500) {
            return false;
        }
        try {
            URI uri = URI.create(url);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
