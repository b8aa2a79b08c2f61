package io.millrace.testing.infra;

import io.millrace.embedded.DatabaseAccess;
import io.millrace.embedded.PostgresAccess;
import io.millrace.embedded.PostgresServer;
import io.millrace.embedded.PostgresSettings;
import io.millrace.testing.UniqueNames;

/**
 * The PostgreSQL that all tests of this JVM share: started at first use, gone with the JVM, not durable.
 *
 * <p>Never to be stopped by a test: whoever wants to break a server starts a {@link PostgresServer} of his own.
 */
public final class TestPostgres {

    private static final String PASSWORD = "test";

    private TestPostgres() {}

    /**
     * A new, empty database with a role of its own, which can connect to no other.
     *
     * @param prefix what its name starts with: lower-case letters, digits, hyphens; at most 50
     */
    public static DatabaseAccess freshDatabase(String prefix) {
        String name = UniqueNames.database(prefix);
        return access().createDatabase(name, name, PASSWORD);
    }

    /** The superuser's access. */
    public static PostgresAccess access() {
        return Shared.ACCESS;
    }

    /** Started when first touched. */
    private static final class Shared {

        static final PostgresAccess ACCESS = switch (Infrastructure.current()) {
            case EMBEDDED -> PostgresServer.start(PostgresSettings.throwAway()).access();
            case DOCKER -> Containers.startPostgres();
        };

        private Shared() {}
    }
}
