package io.millrace.testing.rules;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** What is not written in tests. */
final class TestRules {

    private TestRules() {}

    static List<ArchRule> of(Scope scope) {
        return List.of(Conditions.mustNotAccess(
                "not sleep",
                scope.testing(),
                TestRules::isSleep,
                "a sleep is too short on a slow machine and too long on every other: await a condition with a bound"));
    }

    private static boolean isSleep(AccessTarget target) {
        String owner = target.getOwner().getName();
        return target.getName().equals("sleep")
                && (owner.equals("java.lang.Thread") || owner.equals("java.util.concurrent.TimeUnit"));
    }
}
