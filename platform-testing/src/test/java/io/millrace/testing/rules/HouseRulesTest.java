package io.millrace.testing.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HouseRulesTest {

    private static final String BASE = "io.millrace.fixture";

    @ParameterizedTest(name = "{2}: {1}")
    @CsvSource(textBlock = """
                    order, should lie in a flat feature package, TooDeep
                    order, should be free of cycles, Left
                    order, should not depend on an adapter, KnowsAdapter
                    order, should not lie in a layer package, Layered
                    order, should have a name that says what it does, OrderUtils
                    order, should lie in a package that is @NullMarked, Unmarked
                    order, should know only the JDK and Millrace's own types, FrameworkPolicy
                    order, should not depend on HTTP, KnowsHttp
                    order, should not depend on Kafka, KnowsKafka
                    order, should not depend on another owner's events, KnowsOthersEvents
                    order, "should know no module but its own and events, messaging, streams, telemetry, web", KnowsInventory
                    order, "should know no module but its own and events, messaging, streams, telemetry, web", KnowsProbe
                    order, "should know no module but its own and embedded, events, messaging, streams, telemetry, testing, web", SleepingBesideInventory
                    order, should have no injected fields, InjectedField
                    order, should not use @Value, ValueUser
                    order, should not use LocalDateTime, LocalTime
                    order, should not use java.util.logging, OldLogger
                    order, should not use Lombok, LombokUser
                    order, should not use Mockito, MockUser
                    order, should read no clock and draw no chance, NowDecider
                    order, should read no clock and draw no chance, ReferenceRule
                    order, should hold no clock and no chance, ClockScorer
                    order, should know neither Spring nor a logger, LoggingTopology
                    order, should not sleep, SleepingFixture
                    messaging, should know only the root package of platform-events, KnowsOwnersEvents
                    messaging, "should know no module but its own and events, telemetry", KnowsService
                    messaging, "should know no module but its own and events, telemetry", KnowsStreams
                    streams, "should know no module but its own and events, messaging, telemetry", KnowsWeb
                    events, should know only JSpecify and Jackson's annotations, KnowsSpring
                    testing, should know no module but its own and embedded, KnowsEvents
                    """, quoteCharacter = '"')
    void catchesWhatBreaksARule(String module, String rule, String fixture) {
        assertThat(violations(module))
                .filteredOn(violation -> violation.contains(rule))
                .singleElement(STRING)
                .contains("because")
                .contains("." + fixture);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CleanDecider",
                "OrderApplication",
                "StockListener",
                "KnowsRootOfEvents",
                "KnowsMessaging",
                "OrderEvent",
                "SleepingProbe"
            })
    void leavesInPeaceWhatBreaksNone(String fixture) {
        List<String> culprits = Stream.of("order", "messaging", "streams", "events")
                .flatMap(module -> violations(module).stream())
                .flatMap(violation -> violation.lines().skip(1)) // the first line is the rule
                .map(line -> line.replaceFirst("^[^<]*<([^>]*)>.*", "$1")) // the first name is who broke it
                .toList();
        assertThat(culprits).anyMatch(name -> name.contains(".KnowsKafka"));
        assertThat(culprits).noneMatch(name -> (name + ".").contains("." + fixture + "."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.millrace.testing", "io.millrace.embedded"})
    void holdForTheModulesBehindTheTests(String root) {
        HouseRules.check(root);
    }

    @Test
    void refusesAPackageWithoutClasses() {
        assertThatThrownBy(() -> HouseRules.check("io.millrace.nowhere"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("io.millrace.nowhere");
    }

    @Test
    void refusesAModuleThatIsNeitherServiceNorPlatform() {
        assertThatThrownBy(() -> new Scope(BASE, BASE + ".shipping", type -> false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shipping")
                .hasMessageContaining("Scope");
    }

    private static List<String> violations(String module) {
        JavaClasses classes = new ClassFileImporter().importPackages(BASE + "." + module);
        Scope scope = new Scope(
                BASE, BASE + "." + module, type -> type.getSimpleName().startsWith("Sleeping"));
        return HouseRules.violations(scope, classes);
    }
}
