package io.millrace.monitoring.ingest.messaging;

import io.millrace.monitoring.store.Partitions;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What kind of failure storing met. */
enum Trouble {
    /** A record holds what the database can't take; another attempt meets it again. */
    REFUSED,
    /** Nothing is wrong with the records: they come again until the trouble is over. */
    AWAY;

    static Trouble of(Throwable failure) {
        if (Partitions.foundNoPartition(failure)) {
            return AWAY; // nothing is wrong with the record: the next attempt makes its partition
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return isOfData(sql.getSQLState()) ? REFUSED : AWAY;
            }
        }
        return AWAY;
    }

    /** By class of SQLSTATE (PostgreSQL, appendix A): 22 data, 23 integrity, 54 limits, such as a row too large. */
    private static boolean isOfData(@Nullable String state) {
        return state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
    }
}
