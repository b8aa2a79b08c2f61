package io.millrace.web.database;

import io.millrace.web.problem.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the database answers within the deadline. In place of Boot's own indicator, which waits for as long as the
 * driver does.
 */
final class DatabaseHealth implements HealthIndicator {

    /** Seconds that one check may take in the driver; the deadline ends it earlier. */
    private static final int CHECK_SECONDS = 2;

    private final DataSource database;
    private final DatabaseDeadline deadline;

    DatabaseHealth(DataSource database, DatabaseDeadline deadline) {
        this.database = database;
        this.deadline = deadline;
    }

    @Override
    public Health health() {
        try {
            return deadline.read(this::answers)
                    ? Health.up().build()
                    : Health.down().build();
        } catch (ProblemException late) {
            return Health.down().withDetail("reason", late.problem().code()).build();
        }
    }

    private boolean answers() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(CHECK_SECONDS);
        } catch (SQLException away) {
            return false;
        }
    }
}
