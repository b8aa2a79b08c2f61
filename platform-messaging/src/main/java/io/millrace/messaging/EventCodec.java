package io.millrace.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.events.Event;
import io.millrace.events.Topic;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one JSON form of event payloads: fields a reader does not know are ignored, absent ones are left out, instants are
 * ISO-8601 strings.
 */
public final class EventCodec {

    private final JsonMapper mapper = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /** The payload's bytes, UTF-8 JSON. */
    public byte[] encode(Event event) {
        return mapper.writeValueAsBytes(event);
    }

    /**
     * Reads a payload of a topic by its stable name.
     *
     * @throws UndecodableException when the topic carries no such type, or the bytes are not its JSON
     */
    public <E extends Event> E decode(Topic<E> topic, String type, byte[] payload) {
        Class<? extends E> record = topic.type(type)
                .orElseThrow(() -> new UndecodableException(topic.name() + " carries no type '" + type + "'"));
        try {
            E event = mapper.readValue(payload, record);
            if (event == null) {
                throw new UndecodableException("the payload of a " + type + " is the JSON literal null");
            }
            return event;
        } catch (JacksonException e) {
            throw new UndecodableException("the payload is not a " + type + ": " + e.getOriginalMessage(), e);
        }
    }
}
