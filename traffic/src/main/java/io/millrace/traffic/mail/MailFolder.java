package io.millrace.traffic.mail;

import io.millrace.traffic.journal.Journal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The caught mails: whole in a journal on the disk, at a glance in memory. The newest are kept, up to the settings' bound.
 * Safe for use by several threads.
 */
final class MailFolder implements Closeable {

    static final JsonMapper JSON = JsonMapper.builder()
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /** Of a document with its mail in it, so that it fits a line of the journal. */
    private static final int LONGEST_DOCUMENT = 60_000;

    private static final int KEY_BYTES = 16;

    private final Journal journal;
    private final int kept;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    /** What came last lies last: what the journal forgets first is forgotten here no later, so that all listed is found. */
    private final SequencedMap<String, CaughtMail> byId = new LinkedHashMap<>();

    private final NavigableMap<Long, String> byNumber = new TreeMap<>();
    private long highest;

    /** A mail as it lies in the journal; its bytes are compressed. */
    private record Document(CaughtMail mail, byte[] gzip) {}

    /** A mail with its bytes. */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Whole(CaughtMail mail, byte[] raw) {}

    /** A mail that can't be kept, as even compressed it is too large. */
    static final class TooLargeException extends Exception {
        TooLargeException() {
            super("too large", null, false, false);
        }
    }

    private MailFolder(Journal journal, int kept, Clock clock) {
        this.journal = journal;
        this.kept = kept;
        this.clock = clock;
    }

    /** Opens the folder and reads what is there. */
    static MailFolder open(MailSettings settings, Clock clock) {
        // Promises are kept by the writer itself: all that waits for them is woken, which takes no time.
        Journal journal = Journal.open(settings.folder(), Runnable::run);
        MailFolder folder = new MailFolder(journal, settings.folder().keptKeys(), clock);
        try (OutputStream lines = new Lines(folder::remember)) {
            journal.export(lines);
        } catch (IOException e) {
            throw new UncheckedIOException("the caught mails can't be read", e);
        }
        return folder;
    }

    private void remember(byte[] line) {
        enter(JSON.readValue(line, Document.class).mail());
    }

    /**
     * Keeps a mail.
     *
     * @return done when it is on the disk
     * @throws TooLargeException when it can't be kept
     * @throws io.millrace.traffic.journal.JournalException when nothing can be kept
     */
    CompletableFuture<Void> keep(String from, List<String> to, byte[] raw) throws TooLargeException {
        MailContent content = MailContent.of(raw);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String id = id(content.messageId(), to, raw, now);
        byte[] gzip = compressed(raw);
        lock.lock();
        try {
            CaughtMail before = byId.get(id);
            Document document = before == null
                    ? new Document(first(id, content, from, to, raw.length, now), gzip)
                    : again(before, gzip, now);
            byte[] written = JSON.writeValueAsBytes(document);
            if (written.length > LONGEST_DOCUMENT) {
                throw new TooLargeException();
            }
            CompletableFuture<Void> durable = journal.put(id, written, false);
            enter(document.mail());
            return durable;
        } finally {
            lock.unlock();
        }
    }

    private CaughtMail first(String id, MailContent content, String from, List<String> to, int bytes, Instant now) {
        return new CaughtMail(id, highest + 1, content.messageId(), from, to, content.subject(), now, now, 1, 0, bytes);
    }

    /** The first copy's bytes stay. */
    private Document again(CaughtMail before, byte[] gzip, Instant now) {
        byte[] first = journal.get(before.id()).map(MailFolder::gzip).orElseThrow();
        return new Document(before.again(now, Arrays.equals(first, gzip)), first);
    }

    private void enter(CaughtMail mail) {
        byId.putLast(mail.id(), mail);
        byNumber.put(mail.number(), mail.id());
        highest = Math.max(highest, mail.number());
        while (byId.size() > kept) {
            byNumber.remove(byId.pollFirstEntry().getValue().number());
        }
    }

    /** Mails that arrived first before the given number, newest first. */
    List<CaughtMail> list(Predicate<CaughtMail> wanted, long before, int limit) {
        lock.lock();
        try {
            return byNumber.headMap(before, false).descendingMap().values().stream()
                    .map(id -> Objects.requireNonNull(byId.get(id), id))
                    .filter(wanted)
                    .limit(limit)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** A mail with its bytes. */
    Optional<Whole> find(String id) {
        lock.lock();
        try {
            CaughtMail mail = byId.get(id);
            return mail == null
                    ? Optional.empty()
                    : journal.get(id).map(MailFolder::gzip).map(gzip -> new Whole(mail, plain(gzip)));
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return byId.size();
        } finally {
            lock.unlock();
        }
    }

    boolean isUsable() {
        return journal.isUsable();
    }

    CompletableFuture<Throwable> failure() {
        return journal.failure();
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }

    /** The same for the same {@code Message-ID} to the same recipients; a mail without one is like no other. */
    private static String id(String messageId, List<String> to, byte[] raw, Instant now) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(messageId.getBytes(StandardCharsets.UTF_8));
            to.stream()
                    .sorted(Comparator.naturalOrder())
                    .forEach(each -> digest.update(("\n" + each).getBytes(StandardCharsets.UTF_8)));
            if (messageId.isEmpty()) {
                digest.update(now.toString().getBytes(StandardCharsets.UTF_8));
                digest.update(raw);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, KEY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] gzip(Journal.Entry entry) {
        return JSON.readValue(entry.document(), Document.class).gzip();
    }

    private static byte[] compressed(byte[] raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] plain(byte[] gzip) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hands over what is written to it line by line. */
    private static final class Lines extends OutputStream {

        private final Consumer<byte[]> each;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(Consumer<byte[]> each) {
            this.each = each;
        }

        @Override
        public void write(int b) {
            if (b == '\n') {
                each.accept(line.toByteArray());
                line.reset();
            } else {
                line.write(b);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            // A document is written at once and holds no line feed.
            line.write(bytes, from, length);
        }
    }
}
