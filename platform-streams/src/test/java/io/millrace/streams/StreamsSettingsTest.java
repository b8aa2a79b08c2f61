package io.millrace.streams;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsSettingsTest {

    private static final Path FOLDER = Path.of("unused");

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            # commit, poll, session, transaction, first and longest back-off, in milliseconds
              50,  25, 10000, 10000, 200, 10000, -
               5,   5,  6000,    51,   1,     1, -
            1000,   1,  6000, 10001,   1,     2, -
               4,   1,  6000, 10000,   1,     2, commitInterval must lie within 5 ms and 1 s
            1001,   1,  6000, 10011,   1,     2, commitInterval must lie within 5 ms and 1 s
              50,   0,  6000, 10000,   1,     2, pollFor must lie within 1 ms and commitInterval
              50,  51,  6000, 10000,   1,     2, pollFor must lie within 1 ms and commitInterval
              50,  25,  6000,   500,   1,     2, transactionTimeout must exceed ten times commitInterval
              50,  25,  5999, 10000,   1,     2, 'sessionTimeout must be at least 6 s, the brokers'' default minimum'
              50,  25,  6000, 10000,   0,     2, must have 0 < firstBackoff <= longestBackoff
              50,  25,  6000, 10000,   2,     1, must have 0 < firstBackoff <= longestBackoff
            """)
    void isRefusedOutOfRange(
            long commit, long poll, long session, long transaction, long first, long longest, @Nullable String said) {
        Sample settings = new Sample(
                Duration.ofMillis(commit),
                Duration.ofMillis(poll),
                1,
                0,
                null,
                FOLDER,
                Duration.ofMillis(session),
                Duration.ofMillis(transaction),
                Duration.ofMillis(first),
                Duration.ofMillis(longest));

        try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
            assertThat(factory.getValidator().validate(settings))
                    .extracting(ConstraintViolation::getMessage)
                    .containsExactlyElementsOf(said == null ? List.of() : List.of(said));
        }
    }

    @Test
    void doublesItsWaitUpToABound() {
        Sample settings = Sample.of(null, FOLDER);
        assertThat(settings.backoff(1)).isEqualTo(Duration.ofMillis(1));
        assertThat(settings.backoff(2)).isEqualTo(Duration.ofMillis(2));
        assertThat(settings.backoff(3)).isEqualTo(Duration.ofMillis(4));
        assertThat(settings.backoff(1_000)).isEqualTo(Duration.ofMillis(4));
    }

    @Test
    void takesAnEmptyInstanceIdForNone() {
        assertThat(Sample.of(null, FOLDER).memberName()).isEmpty();
        assertThat(Sample.of(" ", FOLDER).memberName()).isEmpty();
        assertThat(Sample.of("scoring-1", FOLDER).memberName()).contains("scoring-1");
    }
}
