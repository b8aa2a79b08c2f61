package io.millrace.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Resource;
import io.millrace.web.testing.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SigningKeysTest {

    private static final RSAKey FIRST = TestIssuer.newKey();
    private static final RSAKey SECOND = TestIssuer.newKey();

    private final AtomicLong time = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger withdrawals = new AtomicInteger();
    private volatile List<JWK> published = List.of(FIRST.toPublicJWK());
    private volatile boolean reachable = true;

    private final SigningKeys keys = new SigningKeys(
            URI.create("http://issuer.example/jwks"),
            url -> {
                reads.incrementAndGet();
                if (!reachable) {
                    throw new IOException("unreachable");
                }
                return new Resource(new JWKSet(published).toString(), "application/json");
            },
            Duration.ofMinutes(5),
            time::get,
            withdrawals::incrementAndGet);

    private void pass(Duration some) {
        time.addAndGet(some.toNanos());
    }

    @Test
    void readsNothingBeforeTheFirstToken() {
        keys.refreshIfDue();

        assertThat(reads).hasValue(0);
    }

    @Test
    void findsAKeyWithOneRead() throws KeySourceException {
        assertThat(keys.find(FIRST.getKeyID())).isPresent();
        assertThat(keys.find(FIRST.getKeyID())).isPresent();
        assertThat(reads).hasValue(1);
    }

    @Test
    void readsAgainForAnUnknownKeyButNotForEveryOne() throws KeySourceException {
        keys.find(FIRST.getKeyID());
        published = List.of(FIRST.toPublicJWK(), SECOND.toPublicJWK());
        for (int madeUp = 0; madeUp < 100; madeUp++) {
            assertThat(keys.find("made-up-" + madeUp)).isEmpty();
        }
        assertThat(reads).hasValue(1);

        pass(SigningKeys.PAUSE);
        assertThat(keys.find(SECOND.getKeyID())).isPresent();
        assertThat(reads).hasValue(2);
    }

    @Test
    void saysThatTheIssuerIsAwayWithoutAskingItEveryTime() throws KeySourceException {
        reachable = false;
        for (int request = 0; request < 100; request++) {
            assertThatThrownBy(() -> keys.find(FIRST.getKeyID())).isInstanceOf(KeySourceException.class);
        }
        assertThat(reads).hasValue(1);

        reachable = true;
        pass(SigningKeys.PAUSE);
        assertThat(keys.find(FIRST.getKeyID())).isPresent();
    }

    @Test
    void keepsKnownKeysWhileTheIssuerIsAway() throws KeySourceException {
        keys.find(FIRST.getKeyID());
        reachable = false;
        pass(Duration.ofHours(1));
        keys.refreshIfDue();
        await().untilAsserted(() -> assertThat(reads).hasValue(2));

        assertThat(keys.find(FIRST.getKeyID())).isPresent();
    }

    @Test
    void forgetsAWithdrawnKeyAndSaysSo() throws KeySourceException {
        keys.find(FIRST.getKeyID());
        published = List.of(SECOND.toPublicJWK());
        keys.refreshIfDue();
        assertThat(reads).hasValue(1);

        pass(Duration.ofMinutes(5));
        keys.refreshIfDue();
        await().untilAsserted(() -> assertThat(withdrawals).hasValue(1));

        assertThat(keys.find(FIRST.getKeyID())).isEmpty();
        assertThat(keys.find(SECOND.getKeyID())).isPresent();
    }

    @Test
    void takesOnlyKeysThatAreMadeForSigning() throws KeySourceException {
        RSAKey forEncryption = new RSAKey.Builder(SECOND.toPublicJWK())
                .keyUse(KeyUse.ENCRYPTION)
                .build();
        published = List.of(FIRST.toPublicJWK(), forEncryption);

        assertThat(keys.find(SECOND.getKeyID())).isEmpty();
    }
}
