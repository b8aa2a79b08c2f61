package io.millrace.local;

import io.millrace.local.supervision.ProcessEvent;
import io.millrace.local.supervision.ProcessListener;

/** Hears what happens to a platform, from several threads. Must return quickly and not throw. */
public interface PlatformListener extends ProcessListener {

    /** Hears nothing. */
    PlatformListener NONE = new PlatformListener() {
        @Override
        public void on(ProcessEvent event) {
            // nobody listens
        }

        @Override
        public void note(String line) {
            // nobody listens
        }
    };

    /** Something worth a line, in words for people. */
    void note(String line);
}
