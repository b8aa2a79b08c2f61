package io.millrace.monitoring.ingest.messaging;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what a poll keeps. A fetch is bounded as it was sent, compressed, and a poll by its number of records, which together
 * may unpack to a hundred times the one and a megabyte each of the other. Here values are handed out until a poll has as many
 * bytes as it may, and {@link #isLater later} stands in the place of every further one: its partition is to be read again from
 * there. At least one value of a poll is handed out, so that reading always goes on.
 *
 * <p>Used by the thread that polls.
 */
final class PollBudget implements Deserializer<byte[]> {

    private static final byte[] LATER = new byte[0];

    private final long most;
    private long left;

    PollBudget(long most) {
        this.most = most;
        this.left = most;
    }

    /** A poll begins. */
    void begin() {
        left = most;
    }

    /** Whether a value was not handed out. */
    @SuppressWarnings("ReferenceEquality") // an empty value that was sent is another than this one
    static boolean isLater(byte @Nullable [] value) {
        return value == LATER;
    }

    @Override
    public byte[] deserialize(String topic, byte[] data) {
        return taken(data, data == null ? 0 : data.length);
    }

    @Override
    public byte[] deserialize(String topic, Headers headers, ByteBuffer data) {
        if (left <= 0) {
            return LATER; // without a copy of it
        }
        return taken(Utils.toNullableArray(data), data == null ? 0 : data.remaining());
    }

    private byte[] taken(byte[] data, int length) {
        if (left <= 0) {
            return LATER;
        }
        left -= length;
        return data;
    }
}
