package io.millrace.traffic.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenBehaviourTest {

    @ParameterizedTest
    @CsvSource({
        "tok_ok, OK",
        "tok_ok_123, OK",
        "tok_okay, INVALID",
        "tok_slow_declined, SLOW",
        "tok_insufficient_funds_7, INSUFFICIENT_FUNDS",
        "tok_, INVALID",
        "_, INVALID",
        "card, INVALID"
    })
    void isDecidedByTheWholePrefix(String token, TokenBehaviour expected) {
        assertThat(TokenBehaviour.of(token)).isEqualTo(expected);
    }
}
