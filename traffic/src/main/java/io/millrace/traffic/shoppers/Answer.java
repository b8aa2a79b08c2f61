package io.millrace.traffic.shoppers;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What the shop answered.
 *
 * @param status HTTP status
 * @param text the body
 * @param retryAfter when to come again; zero when it does not say
 */
record Answer(int status, String text, Duration retryAfter) {

    private static final JsonMapper JSON = new JsonMapper();

    static Answer of(int status, byte[] body, String retryAfter) {
        // Seconds only: a date is not sent by the shop, and is taken for nothing.
        Duration wait =
                retryAfter.matches("\\d{1,5}") ? Duration.ofSeconds(Integer.parseInt(retryAfter)) : Duration.ZERO;
        return new Answer(status, new String(body, StandardCharsets.UTF_8), wait);
    }

    boolean isSuccess() {
        return status / 100 == 2;
    }

    /** Whether who asked did something wrong, and would be told the same again. */
    boolean isRefusal() {
        return status / 100 == 4 && status != 429;
    }

    /** The body; a missing node when it is not JSON, so that whatever is looked for is not found. */
    JsonNode json() {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
