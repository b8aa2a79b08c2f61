package io.millrace.systemtests.oracle;

import io.millrace.embedded.DatabaseAccess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads a service's database, past the service: nothing is trusted that the service says of itself. */
public final class Tables {

    private final DatabaseAccess access;

    /** A service's tables. */
    public Tables(DatabaseAccess access) {
        this.access = access;
    }

    /** Makes something of a row. */
    @FunctionalInterface
    public interface RowReader<T> {
        /** What the current row stands for. */
        T read(ResultSet row) throws SQLException;
    }

    /** A new connection. */
    public Connection open() throws SQLException {
        return DriverManager.getConnection(access.jdbcUrl(), access.username(), access.password());
    }

    /** Every row of a query. */
    public <T> List<T> rows(String sql, RowReader<T> reader) throws SQLException {
        try (var connection = open();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            List<T> read = new ArrayList<>();
            while (rows.next()) {
                read.add(reader.read(rows));
            }
            return read;
        }
    }

    /** The number a query gives. */
    public long number(String sql) throws SQLException {
        return rows(sql, row -> row.getLong(1)).getFirst();
    }
}
