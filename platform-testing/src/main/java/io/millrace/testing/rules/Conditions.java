package io.millrace.testing.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Arrays;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** The few shapes that our rules have. */
final class Conditions {

    private Conditions() {}

    /** Classes of a kind must not depend on some others. */
    static ArchRule mustNotDepend(
            String rule, DescribedPredicate<JavaClass> who, BiPredicate<JavaClass, JavaClass> onWhom, String because) {
        return ArchRuleDefinition.classes()
                .that(who)
                .should(new ArchCondition<JavaClass>(rule) {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                            if (onWhom.test(type, dependency.getTargetClass().getBaseComponentType())) {
                                events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                            }
                        }
                    }
                })
                .because(because);
    }

    /** Classes of a kind must not call or read some things; method references count. */
    static ArchRule mustNotAccess(
            String rule, DescribedPredicate<JavaClass> who, Predicate<AccessTarget> what, String because) {
        return ArchRuleDefinition.classes()
                .that(who)
                .should(new ArchCondition<JavaClass>(rule) {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                            if (what.test(access.getTarget())) {
                                events.add(SimpleConditionEvent.violated(type, access.getDescription()));
                            }
                        }
                    }
                })
                .because(because);
    }

    /** Classes of a kind must be as they should. */
    static ArchRule must(String rule, DescribedPredicate<JavaClass> who, Predicate<JavaClass> holds, String because) {
        return ArchRuleDefinition.classes()
                .that(who)
                .should(new ArchCondition<JavaClass>(rule) {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        if (!holds.test(type)) {
                            events.add(SimpleConditionEvent.violated(type, type.getDescription()));
                        }
                    }
                })
                .because(because);
    }

    /** Whether a class lies in one of these packages or below. */
    static boolean in(JavaClass type, String... packages) {
        return Arrays.stream(packages)
                .anyMatch(name -> type.getPackageName().equals(name)
                        || type.getPackageName().startsWith(name + "."));
    }
}
