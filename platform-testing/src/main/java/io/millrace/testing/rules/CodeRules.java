package io.millrace.testing.rules;

import static io.millrace.testing.rules.Conditions.in;
import static io.millrace.testing.rules.Conditions.must;
import static io.millrace.testing.rules.Conditions.mustNotAccess;
import static io.millrace.testing.rules.Conditions.mustNotDepend;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/** What is not written in this house. */
final class CodeRules {

    private static final Set<String> INJECTIONS = Set.of(
            "org.springframework.beans.factory.annotation.Autowired",
            "org.springframework.beans.factory.annotation.Value",
            "jakarta.inject.Inject",
            "jakarta.annotation.Resource",
            "jakarta.persistence.PersistenceContext");

    private static final Set<String> CLOCKS_AND_CHANCE = Set.of(
            "java.time.Clock",
            "java.time.InstantSource",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.concurrent.ThreadLocalRandom",
            "java.util.random.RandomGenerator",
            "java.security.SecureRandom");

    private static final Set<String> READINGS = Set.of("now", "currentTimeMillis", "nanoTime", "randomUUID", "random");

    private static final String REPEATABLE =
            "time and identity come in as arguments, so that the same input always gives the same answer";

    private CodeRules() {}

    static List<ArchRule> of(Scope scope) {
        DescribedPredicate<JavaClass> everything = scope.product().or(scope.testing());
        return List.of(
                must(
                        "have no injected fields",
                        scope.product(),
                        type -> type.getFields().stream()
                                .noneMatch(field -> INJECTIONS.stream().anyMatch(field::isAnnotatedWith)),
                        "what a class needs stands in its constructor, where a test can give it"),
                mustNotDepend(
                        "not use @Value",
                        scope.product(),
                        (type, target) -> target.getName().equals("org.springframework.beans.factory.annotation.Value"),
                        "configuration is a validated record for each feature"),
                mustNotDepend(
                        "not use LocalDateTime",
                        everything,
                        (type, target) -> target.getName().equals("java.time.LocalDateTime"),
                        "a time without a zone is not a moment: use Instant"),
                mustNotDepend(
                        "not use java.util.logging",
                        everything,
                        (type, target) -> in(target, "java.util.logging"),
                        "there is one way to log: SLF4J"),
                mustNotDepend(
                        "not use Lombok",
                        everything,
                        (type, target) -> in(target, "lombok"),
                        "records do it in the language"),
                mustNotDepend(
                        "not use Mockito",
                        everything,
                        (type, target) ->
                                in(target, "org.mockito", "org.springframework.test.context.bean.override.mockito"),
                        "a mocked broker or database proves nothing; fakes are written by hand"),
                mustNotAccess(
                        "read no clock and draw no chance",
                        scope.product().and(isPure()),
                        CodeRules::isReading,
                        REPEATABLE),
                mustNotDepend(
                        "hold no clock and no chance",
                        scope.product().and(isPure()),
                        (type, target) -> CLOCKS_AND_CHANCE.contains(target.getName()),
                        REPEATABLE),
                mustNotDepend(
                        "know neither Spring nor a logger",
                        scope.product().and(isTopology()),
                        (type, target) -> in(target, "org.springframework", "org.slf4j"),
                        "a topology is a pure description that a test drives"));
    }

    private static DescribedPredicate<JavaClass> isTopology() {
        return DescribedPredicate.describe(
                "topologies", type -> type.getSimpleName().endsWith("Topology"));
    }

    private static DescribedPredicate<JavaClass> isPure() {
        return DependencyRules.isDeciding().or(isTopology());
    }

    private static boolean isReading(AccessTarget target) {
        return in(target.getOwner(), "java") && READINGS.contains(target.getName());
    }
}
