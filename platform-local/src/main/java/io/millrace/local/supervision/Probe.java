package io.millrace.local.supervision;

/** A bounded question whether a process serves; a few seconds at most. */
@FunctionalInterface
public interface Probe {

    /** Asks. Never throws: whatever goes wrong is an answer. */
    Answer ask();

    /** What a process says about itself. */
    enum Answer {
        /** It serves. */
        READY,
        /** It says it does not, or nobody is there. */
        NOT_READY,
        /** It did not answer in time: busy, halted or stuck. One such answer alone says little. */
        SILENT
    }
}
