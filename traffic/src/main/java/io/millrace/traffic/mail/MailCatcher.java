package io.millrace.traffic.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.server.SMTPServer;

/**
 * A mail server that keeps what it is given, until it is closed.
 *
 * <p>By SMTP it takes every mail of at most {@value MailSession#LARGEST} bytes, and answers 250 when it is on the disk: a
 * crash at any moment loses none of it. Recipients beginning {@code bounce}, {@code greylist} or {@code slow} behave so
 * ({@code RecipientBehaviour}). The same mail to the same recipients, told by its {@code Message-ID}, is kept once and counted.
 *
 * <p>By HTTP, to look at it:
 *
 * <ul>
 *   <li>{@code GET /mail}: a page with the newest mails; {@code to=} and {@code text=} search, {@code id=} shows one.
 *   <li>{@code GET /mail/messages?to=&text=&limit=&cursor=}: the same as JSON. {@code to} is a part of a recipient, {@code
 *       text} of the subject or {@code Message-ID}, hence of an order's id.
 *   <li>{@code GET /mail/messages/{id}}: a mail with headers and text.
 *   <li>{@code GET /mail/health}: 200, or 503 when nothing can be kept.
 * </ul>
 */
public final class MailCatcher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MailCatcher.class);
    private static final int MOST_CONNECTIONS = 200;
    private static final int MOST_RECIPIENTS = 100;
    private static final int MOST_THREADS = 8;
    private static final int FEWEST_THREADS = 2;
    private static final int IDLE_MILLIS = 60_000;

    private final MailFolder folder;
    private final MailSession.Desk desk;
    private final SMTPServer smtp;
    private final Server http;
    private final ServerConnector connector;

    private MailCatcher(MailSettings settings, MailFolder folder) {
        this.folder = folder;
        this.desk = new MailSession.Desk(folder, settings.slow());
        this.smtp = smtp(settings, desk);
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS);
        threads.setName("mail-page");
        this.http = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        this.connector = new ServerConnector(http, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(settings.host());
        connector.setPort(settings.httpPort());
        http.addConnector(connector);
        http.setHandler(new MailApi(folder));
    }

    /**
     * Opens the folder and listens.
     *
     * @throws io.millrace.traffic.journal.JournalException when the folder is in use or damaged
     * @throws UncheckedIOException when a port can't be had
     */
    public static MailCatcher start(MailSettings settings) {
        MailCatcher catcher = new MailCatcher(settings, MailFolder.open(settings, Clock.systemUTC()));
        try {
            catcher.http.start();
            catcher.smtp.start();
        } catch (IOException e) {
            catcher.close();
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            // Neither server declares a more precise type; whatever it is, nothing may be left running.
            catcher.close();
            throw new IllegalStateException("the mail catcher can't start", e);
        }
        log.atInfo()
                .addKeyValue("smtpPort", catcher.smtpPort())
                .addKeyValue("httpPort", catcher.httpPort())
                .addKeyValue("mails", catcher.folder.size())
                .log("Mail catcher listens");
        return catcher;
    }

    private static SMTPServer smtp(MailSettings settings, MailSession.Desk desk) {
        try {
            return SMTPServer.port(settings.smtpPort())
                    .bindAddress(InetAddress.getByName(settings.host()))
                    .hostName("mail.millrace.example")
                    .softwareName("Millrace mail catcher")
                    .insertReceivedHeaders(false)
                    .maxConnections(MOST_CONNECTIONS)
                    .maxRecipients(MOST_RECIPIENTS)
                    .maxMessageSize(MailSession.LARGEST)
                    .connectionTimeoutMs(IDLE_MILLIS)
                    .executorService(Executors.newVirtualThreadPerTaskExecutor())
                    .messageHandlerFactory(desk)
                    .build();
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port that takes mail. */
    public int smtpPort() {
        return smtp.getPortAllocated();
    }

    /** The port of the page. */
    public int httpPort() {
        return connector.getLocalPort();
    }

    /** Done, with why, when nothing can be kept any more: only a new start helps. */
    public CompletableFuture<Throwable> failure() {
        return folder.failure();
    }

    /** Stops listening, writes what waits, and gives the folder free. */
    @Override
    public void close() {
        desk.close();
        smtp.stop();
        try {
            http.stop();
        } catch (Exception e) {
            // Jetty declares no more precise type; the folder is to be closed all the same.
            log.warn("Mail catcher's page did not stop cleanly", e);
        }
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the caught mails were not closed cleanly", e);
        }
    }
}
