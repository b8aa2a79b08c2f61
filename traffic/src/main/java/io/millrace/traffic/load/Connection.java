package io.millrace.traffic.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A kept-alive connection with at most one exchange on it. */
final class Connection {

    private final SocketChannel channel;
    private final SelectionKey key;
    private byte[] received = new byte[2048];
    private int filled;
    private @Nullable ByteBuffer unsent;
    private boolean connected;

    /** Set when an exchange has ended well on it. */
    boolean reused;

    @Nullable Exchange exchange;

    Connection(Selector selector, InetSocketAddress address) throws IOException {
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        connected = channel.connect(address);
        key = channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
    }

    /** Begins an exchange. */
    void send(Exchange begun, ByteBuffer scratch) throws IOException {
        exchange = begun;
        begun.connection = this;
        filled = 0;
        if (!connected || begun.request.length > scratch.capacity()) {
            unsent = ByteBuffer.wrap(begun.request);
            proceed();
            return;
        }
        scratch.clear();
        scratch.put(begun.request).flip();
        channel.write(scratch);
        if (scratch.hasRemaining()) {
            unsent = ByteBuffer.wrap(begun.request).position(scratch.position());
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    /** Goes on with connecting or sending where that is possible. */
    void proceed() throws IOException {
        if (!connected) {
            connected = channel.finishConnect();
        }
        ByteBuffer rest = unsent;
        if (!connected) {
            return;
        }
        if (rest != null) {
            channel.write(rest);
            unsent = rest.hasRemaining() ? rest : null;
        }
        key.interestOps(unsent == null ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    /**
     * Takes what has come.
     *
     * @return the answer, once it is whole
     * @throws IOException when the connection has ended before that
     */
    Optional<HttpAnswer> receive(ByteBuffer scratch) throws IOException {
        scratch.clear();
        int read = channel.read(scratch);
        if (read > 0) {
            if (filled + read > HttpAnswer.LARGEST + scratch.capacity()) {
                throw new IOException("answer too large");
            }
            if (filled + read > received.length) {
                received = Arrays.copyOf(received, Math.max(filled + read, 2 * received.length));
            }
            scratch.flip().get(received, filled, read);
            filled += read;
        }
        if (exchange == null) {
            throw new IOException("the connection ended, or spoke unasked");
        }
        Optional<HttpAnswer> answer = parsed(read < 0);
        if (answer.isEmpty() && read < 0) {
            throw new IOException("the connection ended before the answer");
        }
        return answer;
    }

    private Optional<HttpAnswer> parsed(boolean ended) throws IOException {
        try {
            return HttpAnswer.parse(received, filled, ended);
        } catch (HttpAnswer.MalformedException e) {
            throw new IOException(e);
        }
    }

    /** Whether anything of an answer has come. */
    boolean hasReceived() {
        return filled > 0;
    }

    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // It is closed for the selector either way, and nothing is expected of it any more.
            exchange = null;
        }
    }
}
