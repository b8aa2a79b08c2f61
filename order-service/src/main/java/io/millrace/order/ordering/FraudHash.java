package io.millrace.order.ordering;

import io.millrace.events.order.TransactionInitiated;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keyed hashes of what fraud scoring compares and must not know: HMAC-SHA-256, the first 16 bytes in hexadecimal. The key
 * stays in this service; whoever reads the topic can tell equal values and nothing else.
 */
@Component
class FraudHash {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 16;

    private final ThreadLocal<Mac> macs;

    FraudHash(OrderProperties properties) {
        SecretKeySpec key = new SecretKeySpec(properties.fraudHashKey().getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.macs = ThreadLocal.withInitial(() -> mac(key));
    }

    TransactionInitiated initiated(PlacedOrder order) {
        NewOrder request = order.request();
        ShippingAddress to = request.shipTo();
        int units = order.lines().stream().mapToInt(PricedLine::quantity).sum();
        return new TransactionInitiated(
                order.id(),
                request.customerId(),
                order.total(),
                order.lines().size(),
                units,
                to.country(),
                hash(request.paymentToken()),
                hash(request.email().toLowerCase(Locale.ROOT)),
                hash(String.join("\n", to.street(), to.city(), String.valueOf(to.postalCode()), to.country())
                        .toLowerCase(Locale.ROOT)),
                hashOrNull(request.deviceId()),
                hashOrNull(request.visitorId()),
                order.placedAt());
    }

    private @Nullable String hashOrNull(@Nullable String value) {
        return value == null ? null : hash(value);
    }

    private String hash(String value) {
        byte[] digest = macs.get().doFinal(value.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, BYTES);
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
