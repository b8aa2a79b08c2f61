package io.millrace.web.route;

import io.millrace.web.problem.Problems;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * A request whose body ends in a refusal, whoever reads it, when it grows past the limit without having said so (413),
 * does not arrive in time (408) or breaks off (400).
 */
final class BoundedBody extends HttpServletRequestWrapper {

    private final DataSize limit;
    private @Nullable BoundedStream stream;

    BoundedBody(HttpServletRequest request, DataSize limit) {
        super(request);
        this.limit = limit;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (stream == null) {
            stream = new BoundedStream(super.getInputStream(), limit);
        }
        return stream;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        String encoding = getCharacterEncoding();
        Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
        return new BufferedReader(new InputStreamReader(getInputStream(), charset));
    }

    private static final class BoundedStream extends ServletInputStream {

        private final ServletInputStream body;
        private final DataSize limit;
        private long read;

        BoundedStream(ServletInputStream body, DataSize limit) {
            this.body = body;
            this.limit = limit;
        }

        @Override
        public int read() {
            byte[] next = new byte[1];
            return read(next, 0, 1) < 0 ? -1 : next[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            try {
                int bytes = body.read(into, offset, length);
                read += Math.max(0, bytes);
                if (read > limit.toBytes()) {
                    throw Problems.bodyTooLarge(limit).toException();
                }
                return bytes;
            } catch (SocketTimeoutException _) { // not kept as a cause: Jackson would go on with the cause alone
                throw Problems.bodyTimeout().toException();
            } catch (IOException _) {
                throw Problems.bodyIncomplete().toException();
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
