package io.millrace.traffic.mail;

import io.millrace.traffic.journal.JournalException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.MessageHandlerFactory;
import org.subethamail.smtp.RejectException;

/** The taking of one mail: answers as its recipients behave, and says 250 when it is on the disk. */
final class MailSession implements MessageHandler {

    /** Advertised as SIZE (RFC 1870). What doesn't compress well may be refused below it. */
    static final int LARGEST = 256 * 1024;

    private static final Logger log = LoggerFactory.getLogger(MailSession.class);
    private static final int GREYLISTED = 10_000;

    private final Desk desk;
    private final List<String> recipients = new ArrayList<>();
    private String sender = "";

    private MailSession(Desk desk) {
        this.desk = desk;
    }

    /** What the sessions share. */
    static final class Desk implements MessageHandlerFactory {

        private final MailFolder folder;
        private final Duration slow;
        private final CountDownLatch closing = new CountDownLatch(1);

        /** Recipients that have sent somebody away; not kept across a restart, as a 451 promises nothing. */
        private final Map<String, Boolean> sentAway = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > GREYLISTED;
            }
        };

        Desk(MailFolder folder, Duration slow) {
            this.folder = folder;
            this.slow = slow;
        }

        @Override
        public MessageHandler create(MessageContext context) {
            return new MailSession(this);
        }

        /** Lets nobody wait any longer. */
        void close() {
            closing.countDown();
        }

        private boolean isFirst(String recipient) {
            synchronized (sentAway) {
                return sentAway.put(recipient, true) == null;
            }
        }

        private void await() throws RejectException {
            try {
                if (closing.await(slow.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new RejectException(421, "closing");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RejectException(421, "closing");
            }
        }
    }

    @Override
    public void from(String from) {
        sender = from;
    }

    @Override
    public void recipient(String recipient) throws RejectException {
        switch (RecipientBehaviour.of(recipient)) {
            case TAKES -> log.debug("recipient taken");
            case BOUNCES -> throw new RejectException(550, "5.1.1 there is nobody of this name");
            case GREYLISTS -> {
                if (desk.isFirst(recipient)) {
                    throw new RejectException(451, "4.7.1 greylisted, try again");
                }
            }
            case SLOW -> desk.await();
        }
        recipients.add(recipient);
    }

    @Override
    public String data(InputStream data) throws RejectException, IOException {
        byte[] raw = read(data);
        try {
            desk.folder.keep(sender, recipients, raw).join();
        } catch (MailFolder.TooLargeException e) {
            log.debug("mail refused", e);
            throw tooLarge();
        } catch (JournalException | CompletionException e) {
            log.warn("Mail not taken, as it can't be kept", e);
            throw new RejectException(451, "4.3.0 the mail can't be kept");
        }
        return "kept";
    }

    /** All of it, as the rest of a mail that is too large would be read as commands. */
    private static byte[] read(InputStream data) throws IOException, RejectException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        long size = 0;
        for (int read = data.read(buffer); read >= 0; read = data.read(buffer)) {
            size += read;
            if (size <= LARGEST) {
                kept.write(buffer, 0, read);
            }
        }
        if (size > LARGEST) {
            throw tooLarge();
        }
        return kept.toByteArray();
    }

    private static RejectException tooLarge() {
        return new RejectException(552, "5.3.4 the mail is too large");
    }

    @Override
    public void done() {
        // Nothing is held.
    }
}
