package io.millrace.local.supervision;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;

/**
 * Asks a health address; 200 is ready, and a redirection is not.
 *
 * @param address what is asked, such as {@code http://127.0.0.1:23456/actuator/health/readiness}
 */
public record HttpProbe(URI address) implements Probe {

    private static final int CONNECT_MILLIS = 1_000;
    // Above the 1.5 s a service waits for a connection to its database before it calls itself not ready.
    private static final int READ_MILLIS = 2_500;

    @Override
    public Answer ask() {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setInstanceFollowRedirects(false);
            int status = connection.getResponseCode();
            drain(connection, status);
            return status == HttpURLConnection.HTTP_OK ? Answer.READY : Answer.NOT_READY;
        } catch (SocketTimeoutException e) {
            return Answer.SILENT;
        } catch (IOException e) {
            return Answer.NOT_READY;
        }
    }

    /** Read to its end, so that the connection serves the next question too. */
    private static void drain(HttpURLConnection connection, int status) throws IOException {
        boolean error = status >= HttpURLConnection.HTTP_BAD_REQUEST;
        try (InputStream body = error ? connection.getErrorStream() : connection.getInputStream()) {
            if (body != null) {
                body.transferTo(OutputStream.nullOutputStream());
            }
        }
    }
}
