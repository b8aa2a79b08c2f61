package io.millrace.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.millrace.events.EventSamples.Sample;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.order.OrderHeld;
import io.millrace.testing.golden.Golden;
import io.millrace.testing.golden.JsonSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

    /** Formats are checked as well, which a validator otherwise takes for mere remarks. */
    private static final SchemaRegistry SCHEMA_READER = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

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
    void isReadFromItsGoldenFileAndWrittenAsItStandsThere(Sample sample) throws IOException {
        Event read = WIRE.readValue(golden(sample), sample.event().getClass());
        assertThat(read).isEqualTo(sample.event());
        Golden.assertMatches(sample.file(), pretty(read));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isReadWhenALaterVersionHasAddedAFieldAnywhere(Sample sample) throws IOException {
        JsonNode later = WIRE.readTree(golden(sample));
        objects(later).toList().forEach(object -> object.put("addedLater", "something"));
        assertThat(WIRE.treeToValue(later, sample.event().getClass())).isEqualTo(sample.event());
    }

    @ParameterizedTest
    @MethodSource("records")
    void hasTheSchemaThatIsCommitted(Class<?> record) throws IOException {
        assertThat(committedSchema(record)).contains("draft/2020-12");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void satisfiesItsSchema(Sample sample) throws IOException {
        assertThat(schema(sample).validate(golden(sample), InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void violatesItsSchemaWithoutAFieldThatIsRequired(Sample sample) throws IOException {
        ObjectNode event = (ObjectNode) WIRE.readTree(golden(sample));
        String required = event.propertyNames().iterator().next();
        event.remove(required);
        assertThat(schema(sample).validate(event.toString(), InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void violatesItsSchemaWithAnIdOrATimeThatIsNone() throws IOException {
        Sample held = samples()
                .filter(sample -> sample.event() instanceof OrderHeld)
                .findFirst()
                .orElseThrow();
        String wrong = golden(held).replaceAll(": \"[^\"]*\"", ": \"tomorrow\"");
        assertThat(schema(held).validate(wrong, InputFormat.JSON)).hasSize(2);
    }

    @Test
    void hasASampleOfEveryEvent() {
        Set<Class<?>> sampled =
                samples().map(sample -> sample.event().getClass()).collect(Collectors.toSet());
        assertThat(sampled).containsExactlyInAnyOrderElementsOf(records().toList());
    }

    @Test
    void hasNoFileOfAnEventThatIsGone() throws IOException {
        assertThat(names(GOLDEN)).isSubsetOf(samples().map(Sample::file).toList());
        assertThat(names(SCHEMAS))
                .isSubsetOf(records().map(EventContractsTest::schemaFile).toList());
    }

    private static Schema schema(Sample sample) throws IOException {
        return SCHEMA_READER.getSchema(committedSchema(sample.event().getClass()), InputFormat.JSON);
    }

    private static String committedSchema(Class<?> record) throws IOException {
        Path file = SCHEMAS.resolve(schemaFile(record));
        Golden.assertMatches(file, JsonSchemas.of(record)); // an update writes it before it is read
        return Files.readString(file);
    }

    private static String schemaFile(Class<?> record) {
        return Topic.typeOf(record) + ".json";
    }

    private static String golden(Sample sample) throws IOException {
        Golden.assertMatches(sample.file(), pretty(sample.event())); // an update writes it before it is read
        return Files.readString(GOLDEN.resolve(sample.file()));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** A node and all below it, as far as they are objects. */
    private static Stream<ObjectNode> objects(JsonNode node) {
        Stream<ObjectNode> self = node instanceof ObjectNode object ? Stream.of(object) : Stream.empty();
        return Stream.concat(self, node.valueStream().flatMap(EventContractsTest::objects));
    }

    private static String pretty(Event event) {
        return WIRE.writerWithDefaultPrettyPrinter().writeValueAsString(event);
    }
}
