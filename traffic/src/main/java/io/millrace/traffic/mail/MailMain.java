package io.millrace.traffic.mail;

/** Runs a mail catcher as a process of its own, set by environment variables: see {@link MailSettings#fromEnvironment}. */
public final class MailMain {

    private static final String LOGGING = "logback.configurationFile";

    private MailMain() {}

    /** Runs until the process is asked to end; exits with 2 when a setting is wrong. */
    public static void main(String[] arguments) {
        if (System.getProperty(LOGGING) == null) {
            // Not named logback.xml: that would configure whatever other program has this jar on its class path.
            System.setProperty(LOGGING, "io/millrace/traffic/mail/logback-mail.xml");
        }
        MailSettings settings;
        try {
            settings = MailSettings.fromEnvironment(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        MailCatcher catcher = MailCatcher.start(settings);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("mail-shutdown").unstarted(catcher::close));
    }
}
