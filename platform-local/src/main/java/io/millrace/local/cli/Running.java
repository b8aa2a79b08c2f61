package io.millrace.local.cli;

import io.millrace.local.data.DataDirectory;
import io.millrace.local.data.PlatformState;
import io.millrace.local.settings.Settings;
import java.util.Optional;

/** Finds the platform that runs on the configured data directory. */
final class Running {

    private Running() {}

    static DataDirectory data(Settings settings) {
        return new DataDirectory(settings.data());
    }

    /** What runs; empty when nothing does, or its supervisor was killed. */
    static Optional<PlatformState> state(Settings settings) {
        return PlatformState.read(data(settings).state()).filter(PlatformState::isCurrent);
    }
}
