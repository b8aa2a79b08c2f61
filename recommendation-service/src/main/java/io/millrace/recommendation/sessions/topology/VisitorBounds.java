package io.millrace.recommendation.sessions.topology;

import io.millrace.recommendation.sessions.Visitor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps a partition's store within a number of visitors and of bytes: whoever was not seen for longest is deleted from it, and
 * thereby from its changelog. A visitor counts as it is stored, with key and {@value #OVERHEAD} bytes for what maps need
 * beside.
 */
final class VisitorBounds {

    /** Bytes beside a visitor's own in the heap: nodes and keys of the store's map and of this one. */
    static final int OVERHEAD = 300;

    private final KeyValueStore<String, Visitor> visitors;
    private final int most;
    private final long mostBytes;

    /** Bytes of each, whoever was not seen for longest first. */
    private final Map<String, Integer> sizes = new LinkedHashMap<>();

    private long bytes;

    /** Takes up what the store holds, by when it was last seen. */
    VisitorBounds(KeyValueStore<String, Visitor> visitors, int most, long mostBytes) {
        this.visitors = visitors;
        this.most = most;
        this.mostBytes = mostBytes;
        List<KeyValue<String, Visitor>> known = new ArrayList<>();
        try (KeyValueIterator<String, Visitor> all = visitors.all()) {
            all.forEachRemaining(known::add);
        }
        known.sort(Comparator.comparing(each -> each.value.lastAt()));
        known.forEach(each -> note(each.key, each.value));
        trim();
    }

    /** Stores a visitor that has just been seen. */
    void put(String key, Visitor visitor) {
        visitors.put(key, visitor);
        note(key, visitor);
        trim();
    }

    /** A visitor that was seen without being changed. */
    void touch(String key) {
        Integer size = sizes.remove(key);
        if (size != null) {
            sizes.put(key, size);
        }
    }

    private void note(String key, Visitor visitor) {
        int size = 2 * key.length() + VisitorCodec.size(visitor) + OVERHEAD;
        Integer before = sizes.remove(key); // to the end of the queue
        sizes.put(key, size);
        bytes += size - (before == null ? 0 : before);
    }

    private void trim() {
        Iterator<Map.Entry<String, Integer>> eldest = sizes.entrySet().iterator();
        while ((sizes.size() > most || bytes > mostBytes) && sizes.size() > 1) {
            Map.Entry<String, Integer> forgotten = eldest.next();
            eldest.remove();
            bytes -= forgotten.getValue();
            visitors.delete(forgotten.getKey());
        }
    }
}
