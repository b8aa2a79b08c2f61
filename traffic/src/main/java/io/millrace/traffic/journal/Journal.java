package io.millrace.traffic.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable map from keys to small documents: an append-only log of numbered files with an index in memory.
 *
 * <p><b>Durability.</b> Every entry has a promise that is kept when an fsync has covered it. Entries that arrive during an
 * fsync share the next one (group commit); a lone entry waits for nothing. Nobody may be told of an entry before its
 * promise is kept. The last file may end in a line that a crash left half written: it was promised to nobody and is cut
 * off at the next start.
 *
 * <p><b>Bounds.</b> When the files but the oldest hold {@link JournalSettings#keptKeys()} keys, the oldest file goes, with
 * the settled entries whose newest state lies in it; open ones move to the newest file first. At most
 * {@value #MOST_WAITING} entries wait for the disk.
 *
 * <p><b>Failure.</b> When a write or fsync fails, the promises of its entries fail and the journal refuses all further use;
 * {@link #failure} tells.
 *
 * <p>Keys are of printable ASCII characters without blanks, 200 at most. Safe for use by several threads; reading a
 * document and replacing it is the caller's to guard.
 */
public final class Journal implements Closeable {

    static final int MOST_WAITING = 65_536;

    private static final Logger log = LoggerFactory.getLogger(Journal.class);
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final ReentrantLock lock = new ReentrantLock();
    private final JournalFiles files;
    private final Map<String, Pending> pending = new HashMap<>();
    private final BatchWriter writer;

    /**
     * A key's newest document.
     *
     * @param durable kept when the document is on the disk
     */
    @SuppressWarnings("ArrayRecordComponent") // the bytes are handed over, never compared
    public record Entry(byte[] document, CompletableFuture<Void> durable) {}

    private record Pending(Entry entry, long position) {}

    private Journal(JournalFiles files, Executor completions) {
        this.files = files;
        this.writer = new BatchWriter(lock, this::written, completions);
    }

    /**
     * Opens the journal in a directory and reads what is there.
     *
     * @param completions where promises are kept, so that the writer goes on with the next batch
     * @throws JournalException when another has it open, or a file but the newest is damaged
     */
    public static Journal open(JournalSettings settings, Executor completions) {
        Journal journal = new Journal(JournalFiles.open(settings), completions);
        journal.writer.start();
        return journal;
    }

    /** The newest document of a key. */
    public Optional<Entry> get(String key) {
        lock.lock();
        try {
            writer.refuseWhenFailed();
            Pending waiting = pending.get(key);
            if (waiting != null) {
                return Optional.of(waiting.entry);
            }
            return files.read(key).map(line -> new Entry(line.document(), DONE));
        } catch (IOException e) {
            throw new JournalException("reading failed", e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Replaces a key's document.
     *
     * @param open whether something is still to happen with it: open entries are never dropped, and listed by {@link #open}
     * @return kept when the document is on the disk
     */
    public CompletableFuture<Void> put(String key, byte[] document, boolean open) {
        if (key.isEmpty() || key.length() > 200 || key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("key must be 1 to 200 printable ASCII characters without blanks");
        }
        if (Segment.indexOfLineFeed(document, 0, document.length) >= 0) {
            throw new IllegalArgumentException("document must be one line");
        }
        Line line = new Line(open, key, document);
        lock.lock();
        try {
            writer.refuseUnlessAccepting(MOST_WAITING);
            append(line);
            files.outgrown().ifPresent(this::moveOpenEntriesOutOf);
            writer.wake();
            return writer.next().durable();
        } finally {
            lock.unlock();
        }
    }

    /** Keys and documents of the open entries, oldest change first. */
    public Map<String, byte[]> openEntries() {
        Map<String, byte[]> open = new LinkedHashMap<>();
        for (String key : openKeys()) {
            get(key).ifPresent(entry -> open.put(key, entry.document()));
        }
        return open;
    }

    /** How many entries are open. */
    public int openCount() {
        lock.lock();
        try {
            return files.openKeys().size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether entries can be written. */
    public boolean isUsable() {
        return !writer.hasFailed();
    }

    /** Done, with why, when the journal has failed. What depends on it must not wait for the journal to close. */
    public CompletableFuture<Throwable> failure() {
        return writer.failure();
    }

    /**
     * Writes the newest durable document of every key, each followed by a line feed, in the order of their last changes. A
     * key whose document is replaced meanwhile may come again: the later one counts.
     */
    public void export(OutputStream out) throws IOException {
        Optional<Segment> segment = segmentAfter(0);
        while (segment.isPresent()) {
            try (SegmentReader reader = new SegmentReader(segment.get().path())) {
                long position = (long) segment.get().number() << 32;
                for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
                    if (isNewestDurable(line.get().key(), position)) {
                        out.write(line.get().document());
                        out.write('\n');
                    }
                    position = ((long) segment.get().number() << 32) + reader.end();
                }
            } catch (NoSuchFileException e) {
                log.debug("Segment not there to export, dropped or not yet written", e);
            }
            segment = segmentAfter(segment.get().number());
        }
    }

    /** Writes what waits, then closes. */
    @Override
    public void close() throws IOException {
        writer.close();
        files.close();
    }

    private void append(Line line) {
        byte[] bytes = line.encoded();
        JournalFiles.Place place = files.place(line, bytes.length);
        writer.next().writes().add(new Batch.Write(line.key(), place.segment(), place.position(), bytes));
        pending.put(
                line.key(), new Pending(new Entry(line.document(), writer.next().durable()), place.position()));
    }

    private void moveOpenEntriesOutOf(Segment oldest) {
        for (String key : files.openKeysIn(oldest)) {
            get(key).ifPresent(entry -> append(new Line(true, key, entry.document())));
        }
        files.drop(oldest);
        writer.next().doomed().add(oldest);
    }

    private List<String> openKeys() {
        lock.lock();
        try {
            return new ArrayList<>(files.openKeys());
        } finally {
            lock.unlock();
        }
    }

    private Optional<Segment> segmentAfter(int number) {
        lock.lock();
        try {
            return files.after(number);
        } finally {
            lock.unlock();
        }
    }

    private boolean isNewestDurable(String key, long position) {
        lock.lock();
        try {
            Pending waiting = pending.get(key);
            return waiting == null ? files.position(key) == position : waiting.position != position;
        } finally {
            lock.unlock();
        }
    }

    /** Called by the writer, under the lock, when a batch is on the disk. */
    private void written(Batch batch) {
        for (Batch.Write write : batch.writes()) {
            Pending waiting = pending.get(write.key());
            if (waiting != null && waiting.position == write.position()) {
                pending.remove(write.key());
            }
        }
    }
}
