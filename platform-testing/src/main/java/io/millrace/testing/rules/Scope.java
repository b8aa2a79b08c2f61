package io.millrace.testing.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

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
    static final Set<String> PLATFORM = Set.of("events", "messaging", "telemetry", "web", "embedded", "testing");

    /** Modules that may see everything. */
    static final Set<String> WHOLE = Set.of("local", "systemtests", "benchmarks");

    /** What may lie below a feature: HTTP in, HTTP out, Kafka in and out, Kafka Streams. */
    private static final Set<String> ADAPTERS = Set.of("web", "http", "messaging", "topology");

    /** The module's word, such as {@code order}. */
    String module() {
        return root.substring(base.length() + 1);
    }

    boolean isService() {
        return SERVICES.contains(module());
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
