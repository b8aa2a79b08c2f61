package io.millrace.testing.rules;

import static io.millrace.testing.rules.Conditions.must;
import static io.millrace.testing.rules.Conditions.mustNotDepend;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** How a module is cut into packages, and what its classes are called. */
final class StructureRules {

    private static final Set<String> LAYERS = Set.of(
            "controller",
            "controllers",
            "service",
            "services",
            "repository",
            "repositories",
            "dto",
            "dtos",
            "common",
            "util",
            "utils");
    private static final Pattern EMPTY_NAME = Pattern.compile(".*(Utils?|Helper|Impl|Manager)");
    private static final String NULL_MARKED = "org.jspecify.annotations.NullMarked";

    private StructureRules() {}

    static List<ArchRule> of(Scope scope) {
        return List.of(
                must(
                        "lie in a flat feature package, or in its web, http, smtp, messaging or topology",
                        scope.product(),
                        scope::isFlat,
                        "a feature is read from top to bottom in one folder"),
                SlicesRuleDefinition.slices()
                        .matching(scope.root() + ".(*)..")
                        .should()
                        .beFreeOfCycles()
                        .because("features that need each other are one feature"),
                mustNotDepend(
                        "not depend on an adapter",
                        scope.product(),
                        (type, target) -> scope.contains(target)
                                && scope.isAdapter(target)
                                && !scope.below(type).isEmpty() // the root package wires everything
                                && !type.getPackageName().equals(target.getPackageName()),
                        "adapters import the core, and nothing imports an adapter"),
                must(
                        "not lie in a layer package",
                        scope.product().or(scope.testing()),
                        type -> scope.below(type).stream().noneMatch(LAYERS::contains),
                        "packages are the menu of the domain, not the layers of every program"),
                must(
                        "have a name that says what it does",
                        scope.product().or(scope.testing()),
                        type -> !EMPTY_NAME.matcher(type.getSimpleName()).matches(),
                        "Utils, Helper, Impl and Manager fit everything and so say nothing"),
                must(
                        "lie in a package that is @NullMarked",
                        scope.product().or(scope.testing()),
                        type -> type.getPackage().isAnnotatedWith(NULL_MARKED),
                        "without package-info.java the null checker looks away"));
    }
}
