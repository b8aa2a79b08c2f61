package io.millrace.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.events.Event;
import io.millrace.events.Topic;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one JSON form of event payloads: fields a reader does not know are ignored, absent ones are left out, instants are
 * ISO-8601 strings. A payload that lacks a component which may not be null can't be decoded.
 */
public final class EventCodec {

    private final JsonMapper mapper = JsonMapper.builder()
            .annotationIntrospector(
                    AnnotationIntrospector.pair(new JacksonAnnotationIntrospector(), new RequiredComponents()))
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
        } catch (InvalidNullException e) {
            throw new UndecodableException("the payload is not a " + type + ": it lacks a field: " + path(e), e);
        } catch (JacksonException e) {
            throw new UndecodableException("the payload is not a " + type + ": " + e.getOriginalMessage(), e);
        }
    }

    private static String path(JacksonException e) {
        return e.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."));
    }
}
