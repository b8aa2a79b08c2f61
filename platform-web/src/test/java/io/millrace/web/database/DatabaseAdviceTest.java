package io.millrace.web.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;

class DatabaseAdviceTest {

    @ParameterizedTest
    @CsvSource({
        "08006,true",
        "08001,true",
        "53300,true",
        "57014,true",
        "57P01,true",
        "57P03,true",
        "40001,true",
        "40P01,true",
        "55P03,true",
        "42601,false",
        "23505,false",
        "22021,false",
        "XX000,false"
    })
    void takesTheStateOfTheSqlErrorForWhatItIs(String state, boolean away) {
        var failure = new UncategorizedSQLException("task", "select 1", new SQLException("x", state));

        assertThat(DatabaseAdvice.isAway(failure)).isEqualTo(away);
    }

    @Test
    void findsTheReasonUnderTheTransaction() {
        assertThat(DatabaseAdvice.isAway(
                        new CannotCreateTransactionException("x", new SQLTransientConnectionException("pool"))))
                .isTrue();
        assertThat(DatabaseAdvice.isAway(new QueryTimeoutException("x"))).isTrue();
        assertThat(DatabaseAdvice.isAway(new DataIntegrityViolationException("x")))
                .isFalse();
        assertThat(DatabaseAdvice.isAway(new IllegalStateException("x", new SQLException("no state"))))
                .isFalse();
    }
}
