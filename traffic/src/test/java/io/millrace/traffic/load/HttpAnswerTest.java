package io.millrace.traffic.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {

    private static final String BY_LENGTH =
            "HTTP/1.1 201 Created\r\nLOCATION: /api/orders/7\r\nContent-length: 5\r\n\r\nhello";
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n";

    @ParameterizedTest
    @ValueSource(strings = {BY_LENGTH, CHUNKED, "HTTP/1.1 100 Continue\r\n\r\n" + BY_LENGTH})
    void readsAnAnswerWhereverItIsCut(String wire) {
        byte[] bytes = wire.getBytes(UTF_8);
        for (int length = 0; length < bytes.length; length++) {
            assertThat(HttpAnswer.parse(bytes, length, false)).isEmpty();
        }
        HttpAnswer answer = HttpAnswer.parse(bytes, bytes.length, false).orElseThrow();
        assertThat(new String(answer.body(), UTF_8)).isEqualTo("hello");
        assertThat(answer.keepsAlive()).isTrue();
    }

    @Test
    void readsHeadersWhateverTheirCase() {
        HttpAnswer answer = parse(BY_LENGTH, false).orElseThrow();
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.location()).isEqualTo("/api/orders/7");
        assertThat(answer.retryAfter()).isNull();
    }

    @Test
    void doesNotKeepAConnectionThatIsAnnouncedToClose() {
        String wire = "HTTP/1.1 503 Busy\r\nRetry-After: 2\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        HttpAnswer answer = parse(wire, false).orElseThrow();
        assertThat(answer.keepsAlive()).isFalse();
        assertThat(answer.retryAfter()).isEqualTo("2");
    }

    @Test
    void readsToTheEndOfTheConnectionWithoutALength() {
        String wire = "HTTP/1.1 200 OK\r\n\r\nhello";
        assertThat(parse(wire, false)).isEmpty();
        assertThat(parse(wire, true).orElseThrow().body()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/2 200\r\n\r\n",
                "nonsense\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"
            })
    void refusesWhatIsNoAnswer(String wire) {
        assertThatThrownBy(() -> parse(wire, true)).isInstanceOf(HttpAnswer.MalformedException.class);
    }

    private static Optional<HttpAnswer> parse(String wire, boolean ended) {
        byte[] bytes = wire.getBytes(UTF_8);
        return HttpAnswer.parse(bytes, bytes.length, ended);
    }
}
