package io.millrace.testing.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is being checked: the packages of one module, and what they are in the house.
 *
 * @param base package that holds every module, {@code io.millrace}
 * @param root the module's own package, such as {@code io.millrace.order}
 * @param tests which of the classes are tests
 */
record Scope(String base, String root, Predicate<JavaClass> tests) {

    /** Modules that own a part of the shop and know nothing of each other. */
    static final Set<String> SERVICES = Set.of("order", "inventory", "fraud", "recommendation", "monitoring");

    /** Modules that run beside the services and know nothing of them either. */
    static final Set<String> COMPANIONS = Set.of("identity", "traffic");

    /** Modules the others stand on. */
    static final Set<String> PLATFORM =
            Set.of("events", "messaging", "streams", "telemetry", "web", "embedded", "testing");

    /** Modules that may see everything. */
    static final Set<String> WHOLE = Set.of("local", "systemtests", "benchmarks");

    /** What a service stands on. */
    private static final Set<String> FOUNDATION = Set.of("events", "messaging", "streams", "telemetry", "web");

    /** What its tests stand on as well. */
    private static final Set<String> TEST_FOUNDATION = Set.of("testing", "embedded");

    /** What may lie below a feature: HTTP in, HTTP out, mail out, Kafka in and out, Kafka Streams. */
    private static final Set<String> ADAPTERS = Set.of("web", "http", "smtp", "messaging", "topology");

    /** Refuses a module that is none of ours: rules would pass it over in silence. */
    Scope {
        String word = root.substring(base.length() + 1);
        if (all().noneMatch(word::equals)) {
            throw new IllegalArgumentException("the house rules don't know " + root + ": say in Scope what it is");
        }
    }

    /** The module's word, such as {@code order}. */
    String module() {
        return root.substring(base.length() + 1);
    }

    boolean isService() {
        return SERVICES.contains(module());
    }

    /** Other modules that this one may know. */
    Set<String> known() {
        return switch (module()) {
            case "events", "embedded" -> Set.of();
            case "testing" -> Set.of("embedded");
            case "messaging", "telemetry", "web" -> Set.of("events", "telemetry");
            case "streams" -> Set.of("events", "messaging", "telemetry");
            default -> WHOLE.contains(module()) ? all().collect(Collectors.toUnmodifiableSet()) : FOUNDATION;
        };
    }

    /** Other modules that the tests of this one may know. */
    Set<String> knownToTests() {
        return Stream.concat(known().stream(), TEST_FOUNDATION.stream()).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> all() {
        return Stream.of(SERVICES, COMPANIONS, PLATFORM, WHOLE).flatMap(Set::stream);
    }

    /** Names of a class's packages below the root: the feature, and what lies below it. */
    List<String> below(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(root + ".")
                ? Arrays.asList(name.substring(root.length() + 1).split("\\."))
                : List.of();
    }

    boolean contains(JavaClass type) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }

    boolean isAdapter(JavaClass type) {
        return below(type).stream().anyMatch(ADAPTERS::contains);
    }

    boolean isFlat(JavaClass type) {
        List<String> below = below(type);
        return below.size() <= 1 || (below.size() == 2 && ADAPTERS.contains(below.get(1)));
    }

    /** Whether a class belongs to one of these modules. */
    boolean isOf(Set<String> modules, JavaClass type) {
        return modules.stream()
                .map(name -> base + "." + name)
                .anyMatch(name -> type.getPackageName().equals(name)
                        || type.getPackageName().startsWith(name + "."));
    }

    /** Everything but tests. */
    DescribedPredicate<JavaClass> product() {
        return DescribedPredicate.describe("product classes", type -> contains(type) && !tests.test(type));
    }

    /** What features are made of, apart from their adapters and from the wiring in the root package. */
    DescribedPredicate<JavaClass> core() {
        return DescribedPredicate.describe(
                "core classes",
                type -> product().test(type) && !isAdapter(type) && !below(type).isEmpty());
    }

    /** Tests. */
    DescribedPredicate<JavaClass> testing() {
        return DescribedPredicate.describe("tests", type -> contains(type) && tests.test(type));
    }
}
