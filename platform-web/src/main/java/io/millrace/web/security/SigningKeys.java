package io.millrace.web.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuer's public keys. Nothing is read before the first token arrives. Keys once read serve on while the issuer is
 * away; an unknown key id makes them be read again, but at most once per {@link #PAUSE}, so that made-up key ids can't
 * turn into load on the issuer.
 */
final class SigningKeys {

    /** Least time between two reads: long enough to spare the issuer, short enough for a start or a rotation. */
    static final Duration PAUSE = Duration.ofSeconds(2);

    /** Weakest key taken (source: RFC 7518, section 3.3). */
    private static final int LEAST_BITS = 2048;

    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

    private final URI address;
    private final ResourceRetriever issuer;
    private final Duration refresh;
    private final LongSupplier nanoTime;
    private final Runnable onWithdrawal;

    private final ReentrantLock reading = new ReentrantLock();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private volatile @Nullable Keys keys;
    private volatile @Nullable Attempt lastAttempt;

    /**
     * Keys at an address.
     *
     * @param refresh how old keys may grow before they are read again in the background
     * @param onWithdrawal told when a key has gone
     */
    SigningKeys(URI address, ResourceRetriever issuer, Duration refresh, LongSupplier nanoTime, Runnable onWithdrawal) {
        this.address = address;
        this.issuer = issuer;
        this.refresh = refresh;
        this.nanoTime = nanoTime;
        this.onWithdrawal = onWithdrawal;
    }

    /**
     * The key of an id; empty when the issuer does not have it.
     *
     * @throws KeySourceException when the issuer can't be asked
     */
    Optional<RSAPublicKey> find(String keyId) throws KeySourceException {
        Optional<RSAPublicKey> known = known(keyId);
        if (known.isPresent()) {
            return known;
        }
        reading.lock(); // those who wait find the keys read, or the failure of the one read
        try {
            known = known(keyId);
            if (known.isEmpty()) {
                readUnlessJustRead();
                known = known(keyId);
            }
            return known;
        } finally {
            reading.unlock();
        }
    }

    /** Reads the keys again, in the background, when they have grown old; costs one comparison when they have not. */
    void refreshIfDue() {
        Keys current = keys;
        if (current == null
                || nanoTime.getAsLong() - current.readAt < refresh.toNanos()
                || !refreshing.compareAndSet(false, true)) {
            return;
        }
        Thread.ofVirtual().name("signing-keys").start(() -> {
            reading.lock();
            try {
                readUnlessJustRead();
            } catch (KeySourceException unreachable) {
                // Logged where it arose; the keys known serve on, and the next token asks for another try.
            } finally {
                reading.unlock();
                refreshing.set(false);
            }
        });
    }

    private Optional<RSAPublicKey> known(String keyId) {
        Keys current = keys;
        return current == null ? Optional.empty() : Optional.ofNullable(current.byId.get(keyId));
    }

    private void readUnlessJustRead() throws KeySourceException {
        Attempt last = lastAttempt;
        long now = nanoTime.getAsLong();
        if (last != null && now - last.at < PAUSE.toNanos()) {
            if (last.failure != null) {
                throw last.failure;
            }
            return;
        }
        try {
            replace(new Keys(parse(issuer.retrieveResource(address.toURL()).getContent()), now));
            lastAttempt = new Attempt(nanoTime.getAsLong(), null);
        } catch (IOException | ParseException | JOSEException failure) {
            var unreachable = new RemoteKeySourceException("No keys from " + address, failure);
            lastAttempt = new Attempt(nanoTime.getAsLong(), unreachable);
            // Here and not where a request fails by it: once per try, not once per request.
            LOG.atWarn().setCause(failure).addKeyValue("address", address).log("Signing keys can't be read");
            throw unreachable;
        }
    }

    private void replace(Keys fresh) {
        Keys old = keys;
        keys = fresh;
        if (old != null && !fresh.byId.entrySet().containsAll(old.byId.entrySet())) {
            onWithdrawal.run();
        }
    }

    private static Map<String, RSAPublicKey> parse(String json) throws ParseException, JOSEException {
        Map<String, RSAPublicKey> byId = new HashMap<>();
        for (JWK key : JWKSet.parse(json).getKeys()) {
            boolean signs = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
            boolean algorithm = key.getAlgorithm() == null || key.getAlgorithm().equals(JWSAlgorithm.RS256);
            if (key instanceof RSAKey rsa && key.getKeyID() != null && signs && algorithm && key.size() >= LEAST_BITS) {
                byId.put(key.getKeyID(), rsa.toRSAPublicKey());
            }
        }
        return Map.copyOf(byId);
    }

    private record Keys(Map<String, RSAPublicKey> byId, long readAt) {}

    private record Attempt(long at, @Nullable KeySourceException failure) {}
}
