package io.millrace.systemtests.shop;

import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came back.
 *
 * @param status HTTP status
 * @param body as it came
 */
public record Answer(int status, HttpHeaders headers, String body) {

    private static final JsonMapper JSON = new JsonMapper();

    /** The body; a missing node when it is not JSON. */
    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }

    /** A field of the body's top level; empty without it. */
    public String text(String field) {
        return json().path(field).asString("");
    }

    /** The order this shows. */
    public UUID id() {
        return UUID.fromString(text("id"));
    }

    /** A header's first value. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /**
     * This, when it has the status.
     *
     * @throws IllegalStateException when it has another
     */
    public Answer require(int wanted) {
        if (status != wanted) {
            throw new IllegalStateException("expected " + wanted + ", was " + status + ": " + body);
        }
        return this;
    }
}
