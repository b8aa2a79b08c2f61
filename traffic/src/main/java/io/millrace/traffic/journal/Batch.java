package io.millrace.traffic.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The entries that go to the disk with one fsync, and the promise that is kept when they are there. */
final class Batch {

    private final CompletableFuture<Void> durable = new CompletableFuture<>();
    private final List<Write> writes = new ArrayList<>();
    private final List<Segment> doomed = new ArrayList<>();

    /** One entry on its way to its place. */
    record Write(String key, Segment segment, long position, byte[] bytes) {}

    CompletableFuture<Void> durable() {
        return durable;
    }

    List<Write> writes() {
        return writes;
    }

    /** Segments to delete once this batch is on the disk: whatever is still needed of them is in it. */
    List<Segment> doomed() {
        return doomed;
    }

    /** Writes and forces all; an older segment wholly before a newer one, so that only the newest can be torn. */
    void write(ByteBuffer buffer) throws IOException {
        Segment segment = null;
        for (Write write : writes) {
            if (segment != write.segment) {
                finish(segment, buffer);
                segment = write.segment;
            } else if (buffer.remaining() < write.bytes.length) {
                drain(segment, buffer);
            }
            buffer.put(write.bytes);
        }
        finish(segment, buffer);
    }

    private static void finish(@Nullable Segment segment, ByteBuffer buffer) throws IOException {
        if (segment != null) {
            drain(segment, buffer);
            segment.force();
        }
    }

    private static void drain(Segment segment, ByteBuffer buffer) throws IOException {
        segment.write(buffer.flip());
        buffer.clear();
    }
}
