package io.millrace.local.frontdoor;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client over a plain socket: it sends any bytes, and sees every byte of the answer. It waits for none longer than 20 s. */
final class Visitor implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    /** An answer; complete unless its connection broke first. */
    record Answer(int status, List<String> fields, byte[] body, boolean complete) {

        List<String> all(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return fields.stream()
                    .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(field -> field.substring(prefix.length()).strip())
                    .toList();
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    Visitor(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends one request without a body and reads its answer. */
    static Answer get(int port, String target, String... fields) throws IOException {
        return send(port, "GET", target, "", fields);
    }

    /** Sends one request, with its length where it has a body, and reads its answer. */
    static Answer send(int port, String method, String target, String body, String... fields) throws IOException {
        try (Visitor visitor = new Visitor(port)) {
            return visitor.ask(method, target, body, fields);
        }
    }

    /** The same on this connection, which stays. */
    Answer ask(String method, String target, String body, String... fields) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: shop.example:8080\r\n");
        List.of(fields).forEach(field -> request.append(field).append("\r\n"));
        if (!body.isEmpty()) {
            request.append("Content-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        write(request + "\r\n" + body);
        return answer(method.equals("HEAD"));
    }

    void write(String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** The head of an answer alone. */
    Answer head() throws IOException {
        int status = Integer.parseInt(Backend.line(in).split(" ", -1)[1]);
        List<String> fields = new ArrayList<>();
        for (String field = Backend.line(in); !field.isEmpty(); field = Backend.line(in)) {
            fields.add(field);
        }
        return new Answer(status, fields, new byte[0], false);
    }

    /** One line of a body. */
    String line() throws IOException {
        return Backend.line(in);
    }

    /** A whole answer. */
    Answer answer(boolean bodiless) throws IOException {
        Answer head = head();
        if (bodiless || head.status == 204 || head.status == 304 || head.status < 200) {
            return new Answer(head.status, head.fields, new byte[0], true);
        }
        return body(head);
    }

    /** The rest of an answer. */
    Answer body(Answer head) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean complete = head.all("Transfer-Encoding").contains("chunked")
                ? chunks(body)
                : counted(body, Integer.parseInt(head.all("Content-Length").getFirst()));
        return new Answer(head.status, head.fields, body.toByteArray(), complete);
    }

    private boolean counted(ByteArrayOutputStream body, int length) throws IOException {
        try {
            body.write(in.readNBytes(length));
        } catch (SocketException e) {
            return false;
        }
        return body.size() == length;
    }

    private boolean chunks(ByteArrayOutputStream body) throws IOException {
        try {
            while (true) {
                int size = Integer.parseInt(line(), 16);
                body.write(in.readNBytes(size));
                line();
                if (size == 0) {
                    return true;
                }
            }
        } catch (EOFException | SocketException e) {
            return false; // not one that waited in vain: that is a SocketTimeoutException
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
