package io.millrace.traffic.mail;

import io.millrace.traffic.journal.JournalSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How a mail catcher runs.
 *
 * @param host address to listen at
 * @param smtpPort port that takes mail; 0 takes a free one
 * @param httpPort port of the page; 0 takes a free one
 * @param folder where mails are kept, and how many of the newest: older ones are forgotten
 * @param slow how long a slow recipient lets the sender wait
 */
public record MailSettings(String host, int smtpPort, int httpPort, JournalSettings folder, Duration slow) {

    private static final int USUAL_SMTP_PORT = 1025;
    private static final int USUAL_HTTP_PORT = 8025;
    private static final int USUAL_KEPT = 10_000;
    private static final int SEGMENT_BYTES = 8 << 20;
    private static final int MOST_KEPT = 100_000;

    /** Below the five seconds that a sender usually waits. */
    private static final Duration USUAL_SLOW = Duration.ofSeconds(3);

    /** Refuses more mails than are well held in memory. */
    public MailSettings {
        if (folder.keptKeys() > MOST_KEPT) {
            throw new IllegalArgumentException("at most 100,000 mails can be kept, not " + folder.keptKeys());
        }
    }

    /** The usual on this machine: SMTP at 127.0.0.1:1025, the page at 127.0.0.1:8025, the newest 10,000 mails. */
    public static MailSettings of(Path folder) {
        return new MailSettings(
                "127.0.0.1",
                USUAL_SMTP_PORT,
                USUAL_HTTP_PORT,
                new JournalSettings(folder, USUAL_KEPT, SEGMENT_BYTES),
                USUAL_SLOW);
    }

    /**
     * From environment variables: {@code MILLRACE_MAIL_HOST} (127.0.0.1), {@code MILLRACE_MAIL_SMTP_PORT} (1025), {@code
     * MILLRACE_MAIL_HTTP_PORT} (8025), {@code MILLRACE_MAIL_FOLDER} (directory, ./data/mail), {@code MILLRACE_MAIL_KEPT}
     * (10000).
     *
     * @throws IllegalArgumentException when one is not of its form
     */
    public static MailSettings fromEnvironment(Map<String, String> environment) {
        Path folder = Path.of(environment.getOrDefault("MILLRACE_MAIL_FOLDER", "data/mail"));
        return new MailSettings(
                environment.getOrDefault("MILLRACE_MAIL_HOST", "127.0.0.1"),
                port(environment, "MILLRACE_MAIL_SMTP_PORT", USUAL_SMTP_PORT),
                port(environment, "MILLRACE_MAIL_HTTP_PORT", USUAL_HTTP_PORT),
                new JournalSettings(folder, number(environment, "MILLRACE_MAIL_KEPT", USUAL_KEPT), SEGMENT_BYTES),
                USUAL_SLOW);
    }

    private static int port(Map<String, String> environment, String name, int usual) {
        int port = number(environment, name, usual);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + " must lie within 0 and 65535, was " + port);
        }
        return port;
    }

    private static int number(Map<String, String> environment, String name, int usual) {
        String value = environment.getOrDefault(name, String.valueOf(usual));
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number, was " + value, e);
        }
    }

    /** These with other ports; 0 takes a free one. */
    public MailSettings withPorts(int newSmtpPort, int newHttpPort) {
        return new MailSettings(host, newSmtpPort, newHttpPort, folder, slow);
    }

    /** These listening at another address. */
    public MailSettings withHost(String newHost) {
        return new MailSettings(newHost, smtpPort, httpPort, folder, slow);
    }

    /** These with another folder. */
    public MailSettings withFolder(JournalSettings newFolder) {
        return new MailSettings(host, smtpPort, httpPort, newFolder, slow);
    }

    /** These with another time that slow recipients take. */
    public MailSettings withSlow(Duration newSlow) {
        return new MailSettings(host, smtpPort, httpPort, folder, newSlow);
    }
}
