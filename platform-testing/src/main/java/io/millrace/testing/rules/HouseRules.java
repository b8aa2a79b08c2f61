package io.millrace.testing.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/**
 * The house style, as far as a program can check it; each module has one test that calls {@link #check}.
 *
 * <p>Structure: flat features without cycles, nothing imports an adapter, no layer packages. Dependencies: a service
 * knows no other service, the platform knows none at all, the core of a feature knows neither HTTP nor Kafka nor another
 * owner's events, what decides knows only the JDK and records. Code: no field injection, no {@code @Value}, no local
 * times, no names that say nothing, no banned libraries, every package null-marked, no clock or chance in what decides,
 * no sleeping tests.
 *
 * <p>Compiled classes are read, product and tests, from the class path of the calling test.
 */
public final class HouseRules {

    private static final String BASE = "io.millrace";

    private HouseRules() {}

    /**
     * Checks all rules on a module.
     *
     * @param root the module's package, such as {@code io.millrace.order}
     * @throws AssertionError when a rule is broken, naming every place of every rule
     * @throws IllegalArgumentException when there are no such classes
     */
    public static void check(String root) {
        JavaClasses classes = new ClassFileImporter().importPackages(root);
        if (classes.isEmpty()) {
            throw new IllegalArgumentException("no classes in " + root);
        }
        List<String> violations = violations(new Scope(BASE, root, HouseRules::isTest), classes);
        if (!violations.isEmpty()) {
            throw new AssertionError(String.join(System.lineSeparator(), violations));
        }
    }

    /** One text for each broken rule, which names every place that breaks it. */
    static List<String> violations(Scope scope, JavaClasses classes) {
        return rules(scope)
                .map(rule -> rule.allowEmptyShould(true).evaluate(classes))
                .filter(result -> result.hasViolation())
                .map(result -> result.getFailureReport().toString())
                .toList();
    }

    private static Stream<ArchRule> rules(Scope scope) {
        return Stream.of(StructureRules.of(scope), DependencyRules.of(scope), CodeRules.of(scope), TestRules.of(scope))
                .flatMap(List::stream);
    }

    private static boolean isTest(JavaClass type) {
        return type.getSource()
                .map(source -> source.getUri().toString().contains("/test-classes/"))
                .orElse(false);
    }
}
