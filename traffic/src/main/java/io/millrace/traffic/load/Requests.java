package io.millrace.traffic.load;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Requests as they go over the wire. */
final class Requests {

    private final String path;
    private final String host;

    Requests(URI target) {
        String rawPath = target.getRawPath();
        this.path = rawPath.isEmpty() ? "/" : rawPath;
        this.host = target.getRawAuthority();
    }

    byte[] post(String key, String token, byte[] body) {
        StringBuilder head = head("POST", path, token)
                .append("Content-Type: application/json\r\nIdempotency-Key: ")
                .append(key)
                .append("\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n\r\n");
        byte[] line = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = Arrays.copyOf(line, line.length + body.length);
        System.arraycopy(body, 0, request, line.length, body.length);
        return request;
    }

    byte[] get(String at, String token) {
        return head("GET", at, token).append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private StringBuilder head(String method, String at, String token) {
        StringBuilder head = new StringBuilder(256 + token.length())
                .append(method)
                .append(' ')
                .append(at)
                .append(" HTTP/1.1\r\nHost: ")
                .append(host)
                .append("\r\nAccept: application/json\r\n");
        return token.isEmpty()
                ? head
                : head.append("Authorization: Bearer ").append(token).append("\r\n");
    }

    /** Where an accepted order is found: its {@code Location}, else its {@code id} below the target; empty without either. */
    Optional<String> pathOf(HttpAnswer accepted) {
        String location = accepted.location();
        if (location == null) {
            return StatusReader.topLevel(accepted.body(), "id").map(id -> path + "/" + id);
        }
        return Optional.of(
                location.startsWith("/") ? location : URI.create(location).getRawPath());
    }
}
