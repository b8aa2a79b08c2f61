package io.millrace.systemtests.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an oracle found: everything that does not hold, and figures. */
public final class Findings {

    private final List<String> violations = new ArrayList<>();
    private final Map<String, Object> figures = new LinkedHashMap<>();

    /** Something does not hold. */
    public void violated(String what) {
        violations.add(what);
    }

    /** Something does not hold, unless it does. */
    public void require(boolean holds, String otherwise) {
        if (!holds) {
            violated(otherwise);
        }
    }

    /** A figure, which replaces one of the same name. */
    public void figure(String name, Object value) {
        figures.put(name, value);
    }

    /** Everything that does not hold. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** The figures, in their order. */
    public Map<String, Object> figures() {
        return new LinkedHashMap<>(figures);
    }
}
