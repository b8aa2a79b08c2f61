package io.millrace.traffic.provider;

import java.io.ByteArrayOutputStream;
import java.util.function.BiConsumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, read without waiting.
 *
 * <p>Of a body that is too large the rest is read and forgotten before it is answered, up to {@value #MOST_FORGOTTEN} bytes:
 * a connection closed while its client still sends is reset, and the client may never see the answer.
 */
final class WholeBody implements Runnable {

    static final int MOST_FORGOTTEN = 1024 * 1024;

    private final Request request;
    private final int largest;
    private final BiConsumer<byte[], @Nullable Throwable> then;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private int forgotten;

    /**
     * @param largest bytes that are kept
     * @param then is given all of the body, or a byte more than {@code largest} of one that is too large; or the failure
     */
    WholeBody(Request request, int largest, BiConsumer<byte[], @Nullable Throwable> then) {
        this.request = request;
        this.largest = largest;
        this.then = then;
    }

    void read() {
        run();
    }

    /** Called again by the server when there is more to read. */
    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                then.accept(kept.toByteArray(), chunk.getFailure());
                return;
            }
            boolean last = chunk.isLast();
            keep(chunk);
            chunk.release();
            if (last || forgotten > MOST_FORGOTTEN) {
                then.accept(kept.toByteArray(), null);
                return;
            }
        }
    }

    private void keep(Content.Chunk chunk) {
        byte[] bytes = new byte[chunk.remaining()];
        chunk.getByteBuffer().get(bytes);
        int taken = Math.min(bytes.length, largest + 1 - kept.size());
        kept.write(bytes, 0, taken);
        forgotten += bytes.length - taken;
    }
}
