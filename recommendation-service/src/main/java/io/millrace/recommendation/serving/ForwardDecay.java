package io.millrace.recommendation.serving;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Weights that halve with age, without ever touching what was counted: instead of old facts becoming lighter, new ones are
 * heavier, 2^(age of the landmark in half-lives). Sums of weights compare rightly whatever order facts come in (source:
 * Cormode, Shkapenyuk, Srivastava, Xu, "Forward Decay", ICDE 2009). Not thread-safe.
 */
final class ForwardDecay {

    /** Half-lives after which the landmark moves; 2^512 leaves half of a double's exponents for sums. */
    private static final double FARTHEST = 512;

    private final double halfLifeMillis;
    private @Nullable Long landmarkMillis;

    ForwardDecay(Duration halfLife) {
        this.halfLifeMillis = halfLife.toMillis();
    }

    /**
     * By what every sum so far is to be multiplied before a fact of this time is added: 1, but once in 512 half-lives, when
     * the landmark moves.
     *
     * @throws ArithmeticException beyond 292 million years from 1970, having changed nothing
     */
    double advance(Instant at) {
        long millis = at.toEpochMilli(); // before anything is set: it throws at times no long can hold
        if (landmarkMillis == null) {
            landmarkMillis = millis;
        }
        double ahead = halfLives(landmarkMillis, millis);
        if (ahead <= FARTHEST) {
            return 1;
        }
        landmarkMillis = millis;
        return Math.pow(2, -ahead);
    }

    /** What a fact of this time adds to a sum; {@link #advance} comes before. */
    double weight(Instant at) {
        return landmarkMillis == null ? 1 : Math.pow(2, halfLives(landmarkMillis, at.toEpochMilli()));
    }

    private double halfLives(long from, long to) {
        return ((double) to - from) / halfLifeMillis;
    }
}
