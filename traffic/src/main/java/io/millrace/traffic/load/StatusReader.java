package io.millrace.traffic.load;

import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Takes an order for ended by its top-level {@code status}. What can't be read has not ended.
 *
 * @param ended the statuses at which to stop looking
 */
public record StatusReader(Set<String> ended) implements OrderReader {

    /** The shop's decided statuses: what follows is shipping. */
    public static final StatusReader DECIDED =
            new StatusReader(Set.of("CONFIRMED", "COMPLETED", "REJECTED", "CANCELLED", "EXPIRED"));

    private static final JsonFactory JSON = new JsonFactory();

    /** Keeps its own copy. */
    public StatusReader {
        ended = Set.copyOf(ended);
    }

    @Override
    public Optional<OrderEnding> read(byte[] body) {
        return topLevel(body, "status")
                .filter(ended::contains)
                .map(status -> new OrderEnding(status, Optional.empty()));
    }

    /** A top-level text of a JSON object. */
    static Optional<String> topLevel(byte[] body, String field) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean wanted = parser.currentName().equals(field);
                JsonToken value = parser.nextToken();
                if (wanted) {
                    return value == JsonToken.VALUE_STRING ? Optional.of(parser.getString()) : Optional.empty();
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (tools.jackson.core.JacksonException e) {
            return Optional.empty();
        }
    }
}
