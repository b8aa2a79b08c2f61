package io.millrace.testing.infra;

import java.util.Arrays;
import java.util.Locale;

/** Where the shared broker and database of a test JVM come from: the system property {@code infra}. */
enum Infrastructure {
    /** Child processes from Maven artefacts; the default. */
    EMBEDDED,
    /** Containers. */
    DOCKER;

    static Infrastructure current() {
        String name = System.getProperty("infra", "embedded");
        return Arrays.stream(values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("infra must be embedded or docker, was " + name));
    }
}
