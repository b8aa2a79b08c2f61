package io.millrace.testing.rules;

import static io.millrace.testing.rules.Conditions.in;
import static io.millrace.testing.rules.Conditions.mustNotDepend;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Who may know whom. */
final class DependencyRules {

    private static final Pattern DECIDING = Pattern.compile(".*(Decider|Rule|Scorer|Policy)");

    private DependencyRules() {}

    static List<ArchRule> of(Scope scope) {
        List<ArchRule> rules = new ArrayList<>();
        rules.add(mustNotDepend(
                "know only the JDK and Millrace's own types",
                scope.product().and(isDeciding()),
                (type, target) ->
                        !target.isPrimitive() && !in(target, "java", "org.jspecify.annotations", scope.base()),
                "what decides is tried and replayed without any framework"));
        if (scope.isService()) {
            rules.addAll(core(scope));
        }
        rules.add(knowing(scope, scope.product(), scope.known()));
        rules.add(knowing(scope, scope.testing(), scope.knownToTests()));
        rules.addAll(contracts(scope));
        return rules;
    }

    static DescribedPredicate<JavaClass> isDeciding() {
        return DescribedPredicate.describe(
                "what decides", type -> DECIDING.matcher(type.getSimpleName()).matches());
    }

    private static List<ArchRule> core(Scope scope) {
        return List.of(
                mustNotDepend(
                        "not depend on HTTP",
                        scope.core(),
                        (type, target) -> in(
                                target,
                                "jakarta.servlet",
                                "org.springframework.http",
                                "org.springframework.web",
                                scope.base() + ".web"),
                        "the core of a feature does not know who asks: HTTP belongs to its web package"),
                mustNotDepend(
                        "not depend on Kafka",
                        scope.core(),
                        (type, target) -> in(target, "org.apache.kafka", "org.springframework.kafka"),
                        "the core of a feature hands events to the outbox: Kafka belongs to messaging and topology"),
                mustNotDepend(
                        "not depend on another owner's events",
                        scope.core(),
                        (type, target) -> scope.isOf(othersEvents(scope), target),
                        "an adapter translates what others say into the feature's own words"));
    }

    private static Set<String> othersEvents(Scope scope) {
        return Scope.SERVICES.stream()
                .filter(name -> !name.equals(scope.module()))
                .map(name -> "events." + name)
                .collect(Collectors.toSet());
    }

    private static ArchRule knowing(Scope scope, DescribedPredicate<JavaClass> who, Set<String> modules) {
        String names = modules.stream().sorted().collect(Collectors.joining(", "));
        return mustNotDepend(
                "know no module but its own" + (names.isEmpty() ? "" : " and " + names),
                who,
                (type, target) -> in(target, scope.base()) && !scope.contains(target) && !scope.isOf(modules, target),
                "services stand on the platform and know each other's events and nothing else, the platform knows none");
    }

    private static List<ArchRule> contracts(Scope scope) {
        String events = scope.base() + ".events";
        return switch (scope.module()) {
            case "messaging" ->
                List.of(mustNotDepend(
                        "know only the root package of platform-events",
                        scope.product(),
                        (type, target) ->
                                in(target, events) && !target.getPackageName().equals(events),
                        "messaging carries everybody's events and reads nobody's"));
            case "events" ->
                List.of(mustNotDepend(
                        "know only JSpecify and Jackson's annotations",
                        scope.product(),
                        (type, target) -> !target.isPrimitive()
                                && !in(
                                        target,
                                        "java",
                                        "org.jspecify.annotations",
                                        "com.fasterxml.jackson.annotation",
                                        events),
                        "contracts must be usable by any program"));
            default -> List.of();
        };
    }
}
