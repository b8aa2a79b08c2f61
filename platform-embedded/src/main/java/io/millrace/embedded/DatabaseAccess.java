package io.millrace.embedded;

/**
 * What a client needs to use one database.
 *
 * @param jdbcUrl URL for the PostgreSQL driver, without credentials
 * @param username role that owns the database
 * @param password the role's password
 */
public record DatabaseAccess(String jdbcUrl, String username, String password) {

    /** Without the password, so that it does not get into logs. */
    @Override
    public String toString() {
        return username + " at " + jdbcUrl;
    }
}
