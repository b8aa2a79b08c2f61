package io.millrace.traffic.mail;

import java.util.Map;

/** Runs a mail catcher as a process of its own, set by environment variables: see {@link MailSettings#fromEnvironment}. */
public final class MailMain {

    private static final String LOGGING = "logback.configurationFile";

    private MailMain() {}

    /** Runs until the process is asked to end; exits with 2 when a setting is wrong, with 1 when it fails. */
    public static void main(String[] arguments) {
        if (System.getProperty(LOGGING) == null) {
            // Not named logback.xml: that would configure whatever other program has this jar on its class path.
            System.setProperty(LOGGING, "io/millrace/traffic/mail/logback-mail.xml");
        }
        try {
            System.err.println("the mail catcher failed: "
                    + start(System.getenv()).failure().join());
            System.exit(1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (RuntimeException | Error e) { // whatever it was: a thread that is left would look alive
            e.printStackTrace();
            System.exit(1);
        }
    }

    /**
     * Starts a mail catcher within another program; it ends with that program.
     *
     * @throws IllegalArgumentException naming every setting that is wrong
     * @throws io.millrace.traffic.journal.JournalException when the folder is in use or damaged
     * @throws java.io.UncheckedIOException when a port can't be had
     */
    public static MailCatcher start(Map<String, String> environment) {
        MailCatcher catcher = MailCatcher.start(MailSettings.fromEnvironment(environment));
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("mail-shutdown").unstarted(catcher::close));
        return catcher;
    }
}
