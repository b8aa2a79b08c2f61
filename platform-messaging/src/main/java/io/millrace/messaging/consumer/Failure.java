package io.millrace.messaging.consumer;

import io.millrace.messaging.UndecodableException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** What kind of failure it was, hence what is done about it. The one place where failures of consumers are classified. */
enum Failure {
    /** The record can never be applied: dead letter at once. */
    REFUSED,
    /** The record failed for a reason that may pass: a bounded number of attempts, then dead letter. */
    TRANSIENT,
    /** Two transactions were in each other's way: the same batch at once again. */
    CONFLICT,
    /** Database, brokers or a service needed are away: wait as long as it lasts. */
    AWAY,
    /** The process is no longer sound: it halts, and its supervisor starts another. */
    FATAL;

    static Failure of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case StackOverflowError _, RefusedException _, UndecodableException _ -> {
                    return REFUSED;
                }
                case VirtualMachineError _ -> {
                    return FATAL;
                }
                case Error _ -> {
                    // An assertion or linkage error on this record comes again with every redelivery.
                    return REFUSED;
                }
                case DependencyAwayException _,
                        CannotGetJdbcConnectionException _,
                        SQLTransientConnectionException _,
                        SQLRecoverableException _,
                        RetriableException _ -> {
                    return AWAY;
                }
                case SQLException sql -> {
                    return ofState(sql.getSQLState());
                }
                default -> {
                    // the cause behind it may tell more
                }
            }
        }
        return TRANSIENT;
    }

    /** By class of SQLSTATE, PostgreSQL's documentation, appendix A. */
    private static Failure ofState(@Nullable String state) {
        if (state == null || state.length() < 2) {
            return TRANSIENT;
        }
        return switch (state.substring(0, 2)) {
            case "08", "53", "57", "58" -> AWAY; // connection, resources, operator intervention, system
            case "42" -> AWAY; // tables or rights are not what this version expects: no record's fault
            case "25" -> AWAY; // read-only: a standby that has not been promoted yet
            case "40", "55" -> CONFLICT; // serialisation failure, deadlock, lock not available
            case "22" -> REFUSED; // data out of range, malformed
            default -> TRANSIENT;
        };
    }
}
