package io.millrace.order.notification;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of mails to customers, {@code millrace.notification.*}.
 *
 * @param host the mail server's host
 * @param port its port, 1 to 65,535
 * @param username name to log in with; empty for none
 * @param password its password
 * @param starttls whether the connection must be encrypted by STARTTLS, the server's certificate being checked; without it
 *     neither mails nor the password are protected on their way
 * @param from address that mails come from and are returned to
 * @param fromName the sender's name beside it
 * @param domain right part of every {@code Message-ID}. A change makes a mail that is under way a different one
 * @param timeout how long connecting, and each answer of the server, may take; positive
 * @param workers mails at the same time, hence connections at most, 1 to 64. Eight carry some hundred mails a second to a
 *     server nearby
 * @param claimFor how long a mail is one instance's alone: what sending may take at worst, {@value #STEPS} answers, and
 *     before that what it may wait for a worker. After an instance has died, another sends its mails that much later
 * @param firstRetry wait before a mail is tried again that the server would not take now, doubled each time
 * @param longestRetry longest such wait
 * @param longestPause longest wait before a server is tried again that can't be reached; until then no mail is touched
 * @param retryFor how long a mail is tried again that the server will not take now. While the server can't be reached, or
 *     takes nothing from this service, no mail is given up
 * @param keepFor how long it is remembered that a mail was owed; above the retention of order.events.v1, 30 days, as an event
 *     read again later would be mailed again
 * @param alertAfter how long a mail that was tried may fail, and looking for mails that are due may be impossible, until
 *     health says down
 */
@ConfigurationProperties("millrace.notification")
public record NotificationProperties(
        @DefaultValue("localhost") String host,
        @DefaultValue("1025") int port,
        @DefaultValue("") String username,
        @DefaultValue("") String password,
        @DefaultValue("false") boolean starttls,
        @DefaultValue("orders@millrace.example") String from,
        @DefaultValue("Millrace") String fromName,
        @DefaultValue("millrace.example") String domain,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("8") int workers,
        @DefaultValue("3m") Duration claimFor,
        @DefaultValue("2s") Duration firstRetry,
        @DefaultValue("5m") Duration longestRetry,
        @DefaultValue("30s") Duration longestPause,
        @DefaultValue("24h") Duration retryFor,
        @DefaultValue("35d") Duration keepFor,
        @DefaultValue("5m") Duration alertAfter) {

    /** Answers of the server to one mail at worst: a check of the connection, a new one with encryption and login, the mail. */
    static final int STEPS = 16;

    private static final Duration RETENTION = Duration.ofDays(30);

    /** Refuses values out of range, naming the property. */
    public NotificationProperties {
        require(!host.isBlank(), "host must be given");
        require(port >= 1 && port <= 65_535, "port must lie within 1 and 65535");
        require(username.isEmpty() || !password.isEmpty(), "password must be given with username");
        require(from.matches("[^\\s<>@]+@[^\\s<>@]+"), "from must be one address, such as orders@example.org");
        require(domain.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?"), "domain must be a host name");
        require(timeout.isPositive(), "timeout must be positive");
        require(workers >= 1 && workers <= 64, "workers must lie within 1 and 64");
        require(
                claimFor.compareTo(timeout.multipliedBy(STEPS)) > 0,
                "claim-for must exceed " + STEPS + " times timeout");
        require(firstRetry.isPositive(), "first-retry must be positive");
        require(longestRetry.compareTo(firstRetry) >= 0, "longest-retry must not be below first-retry");
        require(longestPause.isPositive(), "longest-pause must be positive");
        require(retryFor.isPositive(), "retry-for must be positive");
        require(keepFor.compareTo(RETENTION) > 0, "keep-for must exceed 30 days, the retention of order.events.v1");
        require(alertAfter.isPositive(), "alert-after must be positive");
    }

    /** How long sending one mail may take. */
    public Duration longestWork() {
        return timeout.multipliedBy(STEPS);
    }

    /** The wait before a mail that was tried so often is tried again. */
    Duration retry(int tries) {
        return backoff(tries, longestRetry);
    }

    /** The wait before a server is tried again that could not be reached so many times in a row. */
    Duration pause(int failures) {
        return backoff(failures, longestPause);
    }

    private Duration backoff(int failures, Duration longest) {
        Duration wait = firstRetry.multipliedBy(1L << Math.min(Math.max(failures - 1, 0), 20));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("millrace.notification." + message);
        }
    }
}
