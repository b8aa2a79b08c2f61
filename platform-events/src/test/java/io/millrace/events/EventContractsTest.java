package io.millrace.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.millrace.events.EventSamples.Sample;
import io.millrace.events.catalogue.Topics;
import io.millrace.testing.golden.Golden;
import io.millrace.testing.golden.JsonSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The wire form of every event, pinned by golden files and JSON Schemas. A difference means that consumers which are already
 * deployed, and records which are already in the topics, are read differently: add optional fields only.
 */
class EventContractsTest {

    private static final Path SCHEMAS = Path.of("src", "main", "resources", "schemas");

    /** As services write and read events. */
    private static final JsonMapper WIRE = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    static Stream<Sample> samples() {
        return EventSamples.all();
    }

    static Stream<Class<?>> records() {
        return Topics.all().stream().flatMap(topic -> topic.records().stream());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isWrittenAsItsGoldenFileSays(Sample sample) {
        Golden.assertMatches(sample.file(), pretty(sample.event()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isReadBackAsItWasWritten(Sample sample) {
        String json = WIRE.writeValueAsString(sample.event());
        assertThat(WIRE.readValue(json, sample.event().getClass())).isEqualTo(sample.event());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isReadWhenALaterVersionHasAddedAField(Sample sample) {
        ObjectNode later = WIRE.valueToTree(sample.event());
        later.put("addedLater", "something");
        assertThat(WIRE.treeToValue(later, sample.event().getClass())).isEqualTo(sample.event());
    }

    @ParameterizedTest
    @MethodSource("records")
    void hasTheSchemaThatIsCommitted(Class<?> record) {
        Golden.assertMatches(schemaFile(record), JsonSchemas.of(record));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void satisfiesItsSchema(Sample sample) throws IOException {
        assertThat(schema(sample).validate(pretty(sample.event()), InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void violatesItsSchemaWithoutAFieldThatIsRequired(Sample sample) throws IOException {
        JsonNode event = WIRE.valueToTree(sample.event());
        String required = event.propertyNames().iterator().next();
        ((ObjectNode) event).remove(required);
        assertThat(schema(sample).validate(event.toString(), InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void hasASampleOfEveryEvent() {
        Set<Class<?>> sampled =
                samples().map(sample -> sample.event().getClass()).collect(Collectors.toSet());
        assertThat(sampled).containsExactlyInAnyOrderElementsOf(records().toList());
    }

    @Test
    void hasNoSchemaOfAnEventThatIsGone() throws IOException {
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            assertThat(files.toList())
                    .containsExactlyInAnyOrderElementsOf(
                            records().map(EventContractsTest::schemaFile).toList());
        }
    }

    private static Schema schema(Sample sample) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(schemaFile(sample.event().getClass())), InputFormat.JSON);
    }

    private static Path schemaFile(Class<?> record) {
        return SCHEMAS.resolve(Topic.typeOf(record) + ".json");
    }

    private static String pretty(Event event) {
        return WIRE.writerWithDefaultPrettyPrinter().writeValueAsString(event);
    }
}
