package io.millrace.traffic.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CallbackSignatureTest {

    /** Expected digits made with {@code printf '1700000000.{}' | openssl dgst -sha256 -hmac secret}. */
    @Test
    void signsTimeAndBody() {
        assertThat(CallbackSignature.of("secret", Instant.ofEpochSecond(1_700_000_000), "{}".getBytes(UTF_8)))
                .isEqualTo("t=1700000000,v1=b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163");
    }
}
