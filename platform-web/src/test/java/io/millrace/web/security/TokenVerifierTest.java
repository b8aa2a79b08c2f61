package io.millrace.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import io.millrace.web.testing.TestIssuer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {

    private final TestIssuer issuer = TestIssuer.start();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    };

    private TokenVerifier verifier(Duration keyRefresh) {
        var properties = new SecurityProperties(
                TestIssuer.ISSUER, URI.create(issuer.jwksUri()), "millrace", Duration.ofSeconds(30), 100, keyRefresh);
        return new TokenVerifier(properties, new DefaultResourceRetriever(1000, 1000), clock);
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void verifiesATokenOnce() throws KeySourceException {
        TokenVerifier verifier = verifier(Duration.ofMinutes(5));
        String token = issuer.token("customer", "orders:read");

        assertThat(verifier.verify(token)).isSameAs(verifier.verify(token));
    }

    @Test
    void honoursACachedTokenNoLongerThanItLasts() throws KeySourceException {
        TokenVerifier verifier = verifier(Duration.ofMinutes(5));
        String token = issuer.token("customer");
        verifier.verify(token);

        now.updateAndGet(start -> start.plus(Duration.ofMinutes(10)));
        assertThat(verifier.verify(token).getName()).isEqualTo("customer"); // within the clocks' difference

        now.updateAndGet(start -> start.plus(Duration.ofSeconds(31)));
        assertThatThrownBy(() -> verifier.verify(token)).isInstanceOf(InvalidTokenException.class);
    }

    @Test
    void takesTokensOfANewKeyAndDropsCachedOnesOfAWithdrawnKey() throws KeySourceException {
        TokenVerifier verifier = verifier(Duration.ZERO);
        String old = issuer.token("customer");
        verifier.verify(old);
        issuer.rotate();

        await().untilAsserted(
                        () -> assertThatThrownBy(() -> verifier.verify(old)).isInstanceOf(InvalidTokenException.class));
        assertThat(verifier.verify(issuer.token("customer")).getName()).isEqualTo("customer");
    }
}
