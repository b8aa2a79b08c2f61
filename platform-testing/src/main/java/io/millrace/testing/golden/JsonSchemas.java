package io.millrace.testing.golden;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schemas (draft 2020-12) of records as Jackson writes them.
 *
 * <p>A component is required unless it is {@code @Nullable}, which on the wire means that it may be missing. Instants are
 * {@code date-time}, UUIDs {@code uuid}; enum constants bear their {@code @JsonProperty} names. Unknown properties are
 * allowed: readers ignore them. The same record always gives the same text.
 */
public final class JsonSchemas {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private JsonSchemas() {}

    /** The schema of a record, indented, with properties in the order of the components. */
    public static String of(Class<?> type) {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonSchemaModule(JacksonOption.IGNORE_TYPE_INFO_TRANSFORM))
                .with(Option.STANDARD_FORMATS, Option.PLAIN_DEFINITION_KEYS);
        config.forFields().withRequiredCheck(field -> !isNullable(field));
        config.forTypesInGeneral()
                .withPropertySorter((var _, var _) -> 0) // fields come in the order of declaration
                .withCustomDefinitionProvider(JsonSchemas::enumConstants);
        JsonNode schema = new SchemaGenerator(config.build()).generateSchema(type);
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(schema);
    }

    private static boolean isNullable(FieldScope field) {
        return field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** Jackson itself is asked for the names: the generator's module knows them only where every constant has one. */
    private static @Nullable CustomDefinition enumConstants(ResolvedType type, SchemaGenerationContext context) {
        if (!type.getErasedType().isEnum()) {
            return null; // the generator's own way
        }
        ObjectNode definition = context.getGeneratorConfig().createObjectNode().put("type", "string");
        ArrayNode names = definition.putArray("enum");
        Arrays.stream(type.getErasedType().getEnumConstants())
                .forEach(constant -> names.add(MAPPER.<JsonNode>valueToTree(constant)));
        return new CustomDefinition(definition, CustomDefinition.DefinitionType.INLINE, AttributeInclusion.YES);
    }
}
