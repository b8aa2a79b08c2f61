package io.millrace.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.regex.Pattern;
import org.postgresql.Driver;

/**
 * A superuser's way into a PostgreSQL server, wherever that runs.
 *
 * @param host host name or address
 * @param port TCP port
 * @param username the superuser
 * @param password its password
 */
public record PostgresAccess(String host, int port, String username, String password) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final String CONNECT_SECONDS = "2";
    private static final String SOCKET_SECONDS = "60"; // a template is copied for every new database
    private static final String PROBE_SECONDS = "5";

    // Any number, the same for all who create databases: two statements on the same role or database would collide.
    private static final long CREATION_LOCK = 5_481_903_217L;

    /** URL of one of the server's databases. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
    }

    /**
     * Creates a database with a role of its own, which owns it and can connect to no other. What exists already is
     * brought into that state; its content stays. Safe to be called at the same time from several places.
     *
     * @param name of the database: lower-case letters, digits and underscores, at most 63
     * @param role name of the role, of the same form
     * @param rolePassword password the role gets
     * @throws IllegalArgumentException when a name has another form
     * @throws IllegalStateException when the server refuses or does not answer
     */
    public DatabaseAccess createDatabase(String name, String role, String rolePassword) {
        requireName(name);
        requireName(role);
        try (Connection connection = connect(SOCKET_SECONDS);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + CREATION_LOCK + ")"); // goes with the connection
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
                statement.execute(format(connection, "CREATE ROLE %I", role));
            }
            statement.execute(format(connection, "ALTER ROLE %I LOGIN PASSWORD %L", role, rolePassword));
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
                statement.execute(format(connection, "CREATE DATABASE %I OWNER %I", name, role));
            }
            statement.execute(format(connection, "ALTER DATABASE %I OWNER TO %I", name, role));
            statement.execute(format(connection, "REVOKE ALL ON DATABASE %I FROM PUBLIC", name));
            statement.execute("REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC");
            return new DatabaseAccess(jdbcUrl(name), role, rolePassword);
        } catch (SQLException e) {
            throw new IllegalStateException("can't create database " + name, e);
        }
    }

    /** Whether the server lets the superuser in; bounded by 5 s. */
    boolean answers() {
        try (Connection connection = connect(PROBE_SECONDS)) {
            return connection.isValid(Integer.parseInt(PROBE_SECONDS));
        } catch (SQLException e) {
            return false;
        }
    }

    /** Without the password, so that it does not get into logs. */
    @Override
    public String toString() {
        return username + " at " + host + ":" + port;
    }

    private Connection connect(String socketSeconds) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", username);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("socketTimeout", socketSeconds);
        properties.setProperty("ApplicationName", "millrace-admin");
        Connection connection = new Driver().connect(jdbcUrl("postgres"), properties);
        if (connection == null) {
            throw new SQLException("not a URL of PostgreSQL: " + jdbcUrl("postgres"));
        }
        return connection;
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a name must be lower-case letters, digits and underscores, at most 63, was " + name);
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Statements on roles and databases take no parameters: the server itself quotes the names. */
    private static String format(Connection connection, String template, String... arguments) throws SQLException {
        String query = "SELECT format(?" + ", ?".repeat(arguments.length) + ")";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, template);
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 2, arguments[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
