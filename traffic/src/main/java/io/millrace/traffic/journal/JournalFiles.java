package io.millrace.traffic.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal's files and where in them each key's newest entry lies. Guarded by the journal's lock. */
final class JournalFiles implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(JournalFiles.class);

    private final JournalSettings settings;
    private final FileChannel guard;
    private final NavigableMap<Integer, Segment> segments = new TreeMap<>();
    private final KeyIndex index = new KeyIndex();
    private final Set<String> openKeys = new LinkedHashSet<>();

    /** Where an entry will lie. */
    record Place(Segment segment, long position) {}

    private JournalFiles(JournalSettings settings, FileChannel guard) {
        this.settings = settings;
        this.guard = guard;
    }

    static JournalFiles open(JournalSettings settings) {
        try {
            Files.createDirectories(settings.directory());
            JournalFiles files = new JournalFiles(settings, guard(settings.directory()));
            try {
                files.replay();
            } catch (IOException | JournalException e) {
                files.close();
                throw e;
            }
            return files;
        } catch (IOException e) {
            throw new JournalException("can't open the journal in " + settings.directory(), e);
        }
    }

    /** Keeps a second process, or a second journal in this one, out of the directory. */
    private static FileChannel guard(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new JournalException("the journal in " + directory + " is open in this process", e);
        }
        channel.close();
        throw new JournalException("the journal in " + directory + " is open in another process");
    }

    private void replay() throws IOException {
        List<Path> paths;
        try (Stream<Path> listed = Files.list(settings.directory())) {
            paths = listed.filter(path -> path.getFileName().toString().endsWith(Segment.SUFFIX))
                    .sorted()
                    .toList();
        }
        for (Path path : paths) {
            Segment segment = Segment.existing(path);
            segments.put(segment.number(), segment);
            replay(segment, path.equals(paths.getLast()));
        }
        if (segments.isEmpty()) {
            segments.put(1, Segment.fresh(settings.directory(), 1));
        }
    }

    private void replay(Segment segment, boolean newest) throws IOException {
        try (SegmentReader reader = new SegmentReader(segment.path())) {
            int end = 0;
            for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
                enter(line.get(), segment, segment.place(reader.end() - end));
                end = reader.end();
            }
        }
        long torn = Files.size(segment.path()) - segment.end();
        if (torn > 0 && !newest) {
            throw new JournalException("damaged at " + segment.end() + ": " + segment.path());
        }
        if (torn > 0) {
            log.atWarn()
                    .addKeyValue("file", segment.path())
                    .addKeyValue("bytes", torn)
                    .log("Journal's end was half written, promised to nobody, and is cut off");
            segment.truncate(segment.end());
        }
    }

    /** Gives an entry its place in the newest segment, or in a new one when that is full. */
    Place place(Line line, int length) {
        if (length > Line.LONGEST) {
            throw new IllegalArgumentException("document too long: " + length + " bytes");
        }
        Segment newest = segments.lastEntry().getValue();
        if (newest.end() > 0 && newest.end() + length > settings.segmentBytes()) {
            newest = Segment.fresh(settings.directory(), newest.number() + 1);
            segments.put(newest.number(), newest);
        }
        long position = newest.place(length);
        enter(line, newest, position);
        return new Place(newest, position);
    }

    private void enter(Line line, Segment segment, long position) {
        long before = index.put(line.key(), position);
        Segment left = segments.get(numberOf(before));
        if (left != null) {
            left.addLive(-1);
        }
        segment.addLive(1);
        openKeys.remove(line.key());
        if (line.open()) {
            openKeys.add(line.key());
        }
    }

    /** Position of a key's newest entry, or {@link KeyIndex#ABSENT}. */
    long position(String key) {
        return index.get(key);
    }

    /** A key's newest entry as it lies in the file; only for keys whose newest entry has been written. */
    Optional<Line> read(String key) throws IOException {
        long position = index.get(key);
        if (position == KeyIndex.ABSENT) {
            return Optional.empty();
        }
        Line line = Objects.requireNonNull(segments.get(numberOf(position)), "segment")
                .read((int) position);
        if (!line.key().equals(key)) {
            throw new JournalException("two keys share a fingerprint: " + key + " and " + line.key());
        }
        return Optional.of(line);
    }

    Collection<String> openKeys() {
        return openKeys;
    }

    /** The oldest segment, when the others hold as many keys as are to be kept. */
    Optional<Segment> outgrown() {
        Segment oldest = segments.firstEntry().getValue();
        return segments.size() > 1 && index.size() - oldest.live() >= settings.keptKeys()
                ? Optional.of(oldest)
                : Optional.empty();
    }

    List<String> openKeysIn(Segment segment) {
        return openKeys.stream()
                .filter(key -> numberOf(index.get(key)) == segment.number())
                .toList();
    }

    /** Forgets a segment and the keys whose newest entry lies in it. Its file is the caller's to delete. */
    void drop(Segment segment) {
        segments.remove(segment.number());
        index.keep(position -> numberOf(position) != segment.number());
    }

    Optional<Segment> after(int number) {
        Map.Entry<Integer, Segment> entry = segments.higherEntry(number);
        return entry == null ? Optional.empty() : Optional.of(entry.getValue());
    }

    private static int numberOf(long position) {
        return (int) (position >>> 32);
    }

    @Override
    public void close() throws IOException {
        for (Segment segment : segments.values()) {
            segment.close();
        }
        guard.close();
    }
}
