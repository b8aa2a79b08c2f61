package io.millrace.web.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.web.problem.BodyProblems;
import io.millrace.web.problem.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON as it is spoken over HTTP, apart from the mapper of events: requests are read strictly (an unknown field, a
 * field given twice, a missing or null component, a number sent as a string and U+0000 are all refused), answers keep
 * the order of their record's components and leave out what is absent.
 *
 * <p>For a body that is no single JSON value, such as lines of JSON, read each by {@link #read}: it refuses in the same
 * way as a controller's request body.
 */
public final class HttpJson {

    /** Names are matched against record components, so that longer ones are never known. */
    private static final int LONGEST_NAME = 256;

    /** Digits: more than a long or any price has. */
    private static final int LONGEST_NUMBER = 64;

    private final JsonMapper mapper;

    /**
     * Reads and writes with the limits given.
     *
     * @param deepest how deep arrays and objects may be nested
     */
    public HttpJson(int deepest) {
        JsonFactoryBuilder factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(deepest)
                        .maxNameLength(LONGEST_NAME)
                        .maxNumberLength(LONGEST_NUMBER)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION);
        mapper = JsonMapper.builder(new NulRefusingFactory(factory))
                .annotationIntrospector(
                        AnnotationIntrospector.pair(new JacksonAnnotationIntrospector(), new NullMarkedRecords()))
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .withCoercionConfig(
                        LogicalType.Textual,
                        textual -> textual.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                .build();
    }

    /** The mapper itself, for converters. */
    public JsonMapper mapper() {
        return mapper;
    }

    /**
     * Reads one JSON value of a request.
     *
     * @throws ProblemException naming the field that is wrong, 400
     */
    public <T> T read(byte[] json, Class<T> type) {
        try {
            return mapper.readValue(json, type);
        } catch (JacksonException malformed) {
            throw new ProblemException(BodyProblems.of(malformed), malformed);
        }
    }
}
