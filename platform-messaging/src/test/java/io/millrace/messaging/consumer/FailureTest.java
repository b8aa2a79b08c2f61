package io.millrace.messaging.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.messaging.UndecodableException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;

class FailureTest {

    @ParameterizedTest
    @CsvSource({
        "08006, AWAY",
        "57P01, AWAY",
        "53300, AWAY",
        "25006, AWAY",
        "42P01, AWAY",
        "40001, CONFLICT",
        "40P01, CONFLICT",
        "55P03, CONFLICT",
        "22001, REFUSED",
        "23505, TRANSIENT",
        "XX000, TRANSIENT"
    })
    void classifiesBySqlState(String state, Failure failure) {
        SQLException cause = new SQLException("refused", state);
        assertThat(Failure.of(new UncategorizedSQLException("task", "sql", cause)))
                .isEqualTo(failure);
    }

    @Test
    void waitsWhileSomethingNeededIsAway() {
        assertThat(Failure.of(new CannotGetJdbcConnectionException("no", new SQLTransientConnectionException())))
                .isEqualTo(Failure.AWAY);
        assertThat(Failure.of(new TimeoutException())).isEqualTo(Failure.AWAY);
        assertThat(Failure.of(new DependencyAwayException("provider", new IllegalStateException())))
                .isEqualTo(Failure.AWAY);
    }

    @Test
    void refusesWhatNoRetryMends() {
        assertThat(Failure.of(new RefusedException("never"))).isEqualTo(Failure.REFUSED);
        assertThat(Failure.of(new UndecodableException("broken"))).isEqualTo(Failure.REFUSED);
        assertThat(Failure.of(new StackOverflowError())).isEqualTo(Failure.REFUSED);
        assertThat(Failure.of(new AssertionError())).isEqualTo(Failure.REFUSED);
    }

    @Test
    void haltsOnlyWhenTheProcessIsNoLongerSound() {
        assertThat(Failure.of(new OutOfMemoryError())).isEqualTo(Failure.FATAL);
        assertThat(Failure.of(new IllegalStateException(new OutOfMemoryError())))
                .isEqualTo(Failure.FATAL);
    }

    @Test
    void triesWhateverElseAgain() {
        assertThat(Failure.of(new NullPointerException())).isEqualTo(Failure.TRANSIENT);
    }
}
