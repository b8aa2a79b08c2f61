package io.millrace.messaging.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Columns of many rows as array parameters, for statements over {@code unnest(?::type[], ...)}: one statement for a whole
 * batch, with a text that stays the same and is prepared once.
 */
public final class SqlArrays {

    private SqlArrays() {}

    /**
     * Sets one column of all rows.
     *
     * @param statement where the parameter stands
     * @param index of the parameter, from 1
     * @param type PostgreSQL's name of the element type, such as {@code uuid}, {@code int8}, {@code text}
     * @param rows in the order of the statement's rows
     * @param column the value of a row; an {@link java.time.Instant} must be given as {@code OffsetDateTime}
     */
    public static <T> void set(
            PreparedStatement statement,
            int index,
            String type,
            Collection<T> rows,
            Function<? super T, ? extends @Nullable Object> column)
            throws SQLException {
        Object[] values = new Object[rows.size()];
        int i = 0;
        for (T row : rows) {
            values[i++] = column.apply(row);
        }
        statement.setArray(index, statement.getConnection().createArrayOf(type, values));
    }

    /** Sets a column of bytes of all rows. */
    public static <T> void setBytes(
            PreparedStatement statement, int index, Collection<T> rows, Function<? super T, byte[]> column)
            throws SQLException {
        byte[][] values = rows.stream().map(column).toArray(byte[][]::new);
        statement.setArray(index, statement.getConnection().createArrayOf("bytea", values));
    }
}
