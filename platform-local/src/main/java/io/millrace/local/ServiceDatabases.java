package io.millrace.local;

import io.millrace.embedded.DatabaseAccess;
import io.millrace.embedded.PostgresAccess;
import io.millrace.local.data.Secrets;
import java.util.Map;

/** One database and one role a service, with a password made here once. */
final class ServiceDatabases {

    private static final Map<String, String> NAMES = Map.of(
            "order-service", "orders",
            "inventory-service", "inventory",
            "fraud-service", "fraud",
            "monitoring-service", "monitoring");

    private final int port;
    private final Secrets secrets;

    ServiceDatabases(int port, Secrets secrets) {
        this.port = port;
        this.secrets = secrets;
    }

    /** Whether a service has one. */
    static boolean has(String service) {
        return NAMES.containsKey(service);
    }

    /** How a service gets to its database, whether that exists yet or not. */
    DatabaseAccess of(String service) {
        String name = NAMES.get(service);
        if (name == null) {
            throw new IllegalArgumentException(service + " has no database");
        }
        return new DatabaseAccess(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + name, name, secrets.of("database-" + name));
    }

    /** Makes what is missing. */
    void create(PostgresAccess superuser) {
        NAMES.values().forEach(name -> superuser.createDatabase(name, name, secrets.of("database-" + name)));
    }
}
