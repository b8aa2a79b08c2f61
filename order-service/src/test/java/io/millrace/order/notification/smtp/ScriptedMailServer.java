package io.millrace.order.notification.smtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A mail server over real SMTP that answers chosen commands as it is told, down to the bytes. */
final class ScriptedMailServer implements AutoCloseable {

    /** As an answer: hangs up without one. */
    static final String HANG_UP = "hang up";

    /** As an answer: a byte of one every 20 ms, for ever. */
    static final String DRIP = "drip";

    private static final Map<String, String> USUAL = Map.of("DATA", "354 go on", "QUIT", "221 bye");

    private final ServerSocket listener;
    private final Map<String, String> answers;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    private ScriptedMailServer(ServerSocket listener, Map<String, String> answers) {
        this.listener = listener;
        this.answers = answers;
    }

    /** @param answers by the first word of a command; "." is the end of a mail */
    static ScriptedMailServer start(Map<String, String> answers) {
        try {
            ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            ScriptedMailServer server = new ScriptedMailServer(listener, answers);
            Thread.startVirtualThread(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How many there have been. */
    int connections() {
        return open.size();
    }

    private void accept() {
        while (closed.getCount() > 0) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            boolean mail = false;
            boolean on = answer(socket, "220 here");
            while (on) {
                String line = in.readLine();
                if (line == null) {
                    return;
                }
                if (mail && !line.equals(".")) {
                    continue;
                }
                String command = line.split(" ", 2)[0];
                String answer = answers.getOrDefault(command, USUAL.getOrDefault(command, "250 fine"));
                mail = answer.startsWith("354");
                on = answer(socket, answer);
            }
        } catch (IOException _) {
            // The client has hung up.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the conversation goes on. */
    private boolean answer(Socket socket, String answer) throws IOException, InterruptedException {
        OutputStream out = socket.getOutputStream();
        if (answer.equals(DRIP)) {
            do {
                out.write('2');
            } while (!closed.await(20, TimeUnit.MILLISECONDS));
        }
        if (answer.equals(DRIP) || answer.equals(HANG_UP)) {
            return false;
        }
        out.write((answer + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return true;
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        for (Socket each : open) {
            each.close();
        }
    }
}
