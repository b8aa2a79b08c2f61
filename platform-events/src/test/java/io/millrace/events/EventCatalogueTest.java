package io.millrace.events;

import io.millrace.events.catalogue.TelemetryTopics;
import io.millrace.events.catalogue.Topics;
import io.millrace.testing.golden.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Writes the event catalogue from the topics, the records and what is said in their Javadoc; it is committed as it is made. */
class EventCatalogueTest {

    private static final Path PAGE = Path.of("..", "docs", "events.md");
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern INLINE = Pattern.compile("\\{@\\w+ ([^}]*)}");

    @Test
    void isCommittedAsItIsMade() {
        StringBuilder page = new StringBuilder("""
                # Events

                Made from `platform-events` by its tests (`./mvnw test -pl platform-events -am -Dgolden.update=true` makes it
                anew). Each record of a topic carries one event as JSON, its envelope as CloudEvents headers: `ce_id`, `ce_type`,
                `ce_source`, `ce_time`, `ce_subject`, `ce_sequence`, `ce_correlationid`, `ce_causationid`, `traceparent`. JSON
                Schemas are in `platform-events/src/main/resources/schemas`, an example of each event in
                `platform-events/src/test/resources/golden`. Readers ignore fields they don't know.
                """);
        Topics.all().forEach(topic -> topic(page, topic));
        page.append(
                "\n## Telemetry\n\nBytes of the OpenTelemetry protocol, as the Collector writes and reads them.\n\n");
        page.append("| topic | value | partitions | kept |\n|---|---|---|---|\n");
        TelemetryTopics.all()
                .forEach(topic -> page.append("| `%s` | %s | %d | %s |\n"
                        .formatted(topic.name(), topic.content(), topic.partitions(), kept(topic.retention()))));
        Golden.assertMatches(PAGE, page.toString());
    }

    private static void topic(StringBuilder page, Topic<? extends Event> topic) {
        page.append("\n## %s\n\n".formatted(topic.name()));
        page.append("Key `%s`, %d partitions, %s, written by %s.\n"
                .formatted(topic.key(), topic.partitions(), kept(topic.retention()), topic.owner()));
        topic.records().forEach(record -> event(page, record));
    }

    private static void event(StringBuilder page, Class<?> record) {
        Described described = Described.of(record);
        page.append("\n### %s\n\n%s\n".formatted(Topic.typeOf(record), described.text()));
        page.append("\n| field | type | |\n|---|---|---|\n");
        for (RecordComponent component : record.getRecordComponents()) {
            page.append("| `%s` | %s | %s |\n"
                    .formatted(
                            component.getName(),
                            type(component),
                            described.fields().getOrDefault(component.getName(), "")));
        }
    }

    private static String type(RecordComponent component) {
        String generic = component.getGenericType().getTypeName();
        String simple = generic.replaceAll("[\\w.]+[.$](\\w+)", "$1");
        boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return simple + (optional ? ", optional" : "");
    }

    private static String kept(Retention retention) {
        return switch (retention) {
            case Retention.Kept kept ->
                "kept for " + kept.age().toDays() + (kept.age().toDays() == 1 ? " day" : " days");
            case Retention.Compacted _ -> "compacted: the newest of each key";
        };
    }

    /**
     * What a record's Javadoc says.
     *
     * @param text of the record
     * @param fields by component
     */
    private record Described(String text, Map<String, String> fields) {

        static Described of(Class<?> record) {
            String source;
            try {
                source = Files.readString(SOURCES.resolve(record.getName().replace('.', '/') + ".java"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Matcher matcher = JAVADOC.matcher(source);
            String said = matcher.find() ? matcher.group(1) : "";
            String plain = INLINE.matcher(said.replaceAll("(?m)^\\s*\\* ?", ""))
                    .replaceAll("`$1`")
                    .replaceAll("</?p>", "");
            String[] parts = plain.split("@param ", -1);
            Map<String, String> fields = new LinkedHashMap<>();
            for (int i = 1; i < parts.length; i++) {
                String[] nameAndText = parts[i].strip().split("\\s+", 2);
                fields.put(nameAndText[0], nameAndText.length > 1 ? joined(nameAndText[1]) : "");
            }
            return new Described(joined(parts[0]), fields);
        }

        private static String joined(String lines) {
            return lines.strip().replaceAll("\\s+", " ").replace("|", "\\|");
        }
    }
}
