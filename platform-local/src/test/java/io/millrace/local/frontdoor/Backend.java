package io.millrace.local.frontdoor;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An instance of a service in a test: a small HTTP/1.1 server over plain sockets, so that it can do what a server that
 * dies does, at any byte.
 */
final class Backend implements AutoCloseable {

    private final ServerSocket listener;
    private final Handler handler;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<Seen> seen;

    /** What it does with each request. */
    @FunctionalInterface
    interface Behaviour {
        void answer(Seen request, Connection connection) throws Exception;
    }

    /** What it does with each connection. */
    @FunctionalInterface
    interface Handler {
        void handle(Connection connection, InputStream in) throws Exception;
    }

    /** A request as it came, byte for byte. */
    record Seen(String method, String target, List<String> fields, byte[] body) {

        /** The values of all fields of a name, in their order. */
        List<String> all(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return fields.stream()
                    .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(field -> field.substring(prefix.length()).strip())
                    .toList();
        }

        /** Names of all fields, in small letters. */
        List<String> names() {
            return fields.stream()
                    .map(field -> field.substring(0, field.indexOf(':')).toLowerCase(Locale.ROOT))
                    .toList();
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** One connection, to be answered on or maltreated. */
    record Connection(Socket socket) {

        void send(int status, String body, String... fields) throws IOException {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Said\r\n");
            List.of(fields).forEach(field -> head.append(field).append("\r\n"));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            write(head + "Content-Length: " + bytes.length + "\r\n\r\n" + body);
        }

        void write(String text) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        /** As the system does with the connections of a process that was killed while it had something unread. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** As the system does otherwise. */
        void close() throws IOException {
            socket.close();
        }
    }

    /** One that reads requests whole, and does something with each. */
    static Backend answering(Behaviour behaviour) throws IOException {
        List<Seen> seen = new CopyOnWriteArrayList<>();
        return new Backend(seen, (connection, in) -> {
            while (true) {
                Seen request = read(in);
                seen.add(request);
                behaviour.answer(request, connection);
            }
        });
    }

    /** One that is given connections, and reads for itself. */
    static Backend handling(Handler handler) throws IOException {
        return new Backend(List.of(), handler);
    }

    private Backend(List<Seen> seen, Handler handler) throws IOException {
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        this.seen = seen;
        this.handler = handler;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    List<Seen> seen() {
        return seen;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                connections.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            handler.handle(new Connection(socket), new BufferedInputStream(socket.getInputStream()));
        } catch (Exception e) { // whatever a test does: the connection ends
        } finally {
            connections.remove(socket);
        }
    }

    static Seen read(InputStream in) throws IOException {
        String[] first = line(in).split(" ", -1);
        List<String> fields = new ArrayList<>();
        for (String field = line(in); !field.isEmpty(); field = line(in)) {
            fields.add(field);
        }
        Seen head = new Seen(first[0], first[1], fields, new byte[0]);
        byte[] body = head.all("Transfer-Encoding").contains("chunked")
                ? chunks(in)
                : in.readNBytes(head.all("Content-Length").stream()
                        .mapToInt(Integer::parseInt)
                        .findFirst()
                        .orElse(0));
        return new Seen(first[0], first[1], fields, body);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = size(in); size > 0; size = size(in)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in).strip(), 16);
    }

    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Ends like a killed process: nobody listens any more, and every connection breaks. */
    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : connections) {
            socket.close();
        }
    }
}
