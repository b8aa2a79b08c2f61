package io.millrace.web.database;

import io.millrace.web.problem.Problem;
import io.millrace.web.problem.Problems;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers 503 while the database is away, overloaded or too slow, and 409 when two requests changed the same thing at
 * once. Every other failure of the database is a fault of ours.
 */
@RestControllerAdvice
final class DatabaseAdvice {

    @ExceptionHandler
    ResponseEntity<Object> concurrent(OptimisticLockingFailureException lost) {
        return Problem.conflict("concurrent-update", "It was changed by another request at the same time")
                .toResponse();
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<Object> failed(RuntimeException failure) {
        if (isAway(failure)) {
            return Problems.databaseUnavailable().toResponse();
        }
        throw failure;
    }

    static boolean isAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case CannotGetJdbcConnectionException _,
                        DataAccessResourceFailureException _,
                        TransientDataAccessException _,
                        CannotCreateTransactionException _,
                        TransactionTimedOutException _,
                        SQLTransientException _ -> {
                    return true;
                }
                case SQLException sql
                when isAway(sql.getSQLState()) -> {
                    return true;
                }
                default -> {}
            }
        }
        return false;
    }

    /**
     * Classes 08 connection, 53 resources, 57 operator intervention and time-outs, 40 rolled back, and 55P03 lock not
     * available (source: PostgreSQL, appendix A).
     */
    private static boolean isAway(@Nullable String sqlState) {
        return sqlState != null
                && (sqlState.startsWith("08")
                        || sqlState.startsWith("53")
                        || sqlState.startsWith("57")
                        || sqlState.startsWith("40")
                        || sqlState.equals("55P03"));
    }
}
