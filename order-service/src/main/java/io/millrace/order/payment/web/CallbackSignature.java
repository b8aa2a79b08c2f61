package io.millrace.order.payment.web;

import io.millrace.order.payment.PaymentProperties;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The provider's signature: {@code t=<unix seconds>,v1=<hex>}, an HMAC-SHA-256 over the time, a dot and the body. Five
 * minutes from now, either way, it is worth nothing, so that a report that was overheard can't be sent again later.
 */
@Component
class CallbackSignature {

    static final String HEADER = "Millrace-Signature";

    private static final Pattern FORM = Pattern.compile("t=(\\d{1,12}),v1=([0-9a-f]{64})");
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Clock clock;

    CallbackSignature(PaymentProperties properties, Clock clock) {
        this.key = new SecretKeySpec(properties.callbackSecret().getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.clock = clock;
    }

    boolean isValid(@Nullable String header, byte[] body) {
        Matcher form = FORM.matcher(header == null ? "" : header);
        if (!form.matches()) {
            return false;
        }
        Instant signedAt = Instant.ofEpochSecond(Long.parseLong(form.group(1)));
        boolean timely = Duration.between(signedAt, clock.instant()).abs().compareTo(WINDOW) <= 0;
        return timely && MessageDigest.isEqual(HexFormat.of().parseHex(form.group(2)), hmac(form.group(1), body));
    }

    private byte[] hmac(String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
