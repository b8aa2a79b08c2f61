package io.millrace.order.notification;

/** The way to the mail server. */
public interface MailGateway {

    /** Hands a mail over. Returns an answer in any case, within a bounded time. */
    Answer send(Mail mail);

    /** What came of it. */
    sealed interface Answer permits Taken, Refused, Deferred, Away {}

    /** The server has taken the mail over: it is out. */
    record Taken() implements Answer {}

    /**
     * The server will not have this mail for this recipient, now or later.
     *
     * @param cause short, without personal data
     */
    record Refused(String cause) implements Answer {}

    /**
     * The server will not take this mail now.
     *
     * @param cause short, without personal data
     */
    record Deferred(String cause) implements Answer {}

    /**
     * The server can't be reached, or broke the connection off. Whether it has taken the mail is then unknown.
     *
     * @param cause short, without personal data
     */
    record Away(String cause) implements Answer {}
}
