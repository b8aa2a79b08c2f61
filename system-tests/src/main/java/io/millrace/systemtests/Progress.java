package io.millrace.systemtests;

import io.millrace.local.PlatformListener;
import io.millrace.local.supervision.ProcessEvent;
import java.io.PrintStream;
import java.util.Locale;

/** Says what is going on, each line with the seconds since the beginning. Thread-safe. */
public final class Progress implements PlatformListener {

    private final PrintStream out;
    private final long began = System.nanoTime();

    /** Says it there. */
    public Progress(PrintStream out) {
        this.out = out;
    }

    /** A line for people. */
    public synchronized void say(String line) {
        out.println(String.format(Locale.ROOT, "%6.1f s  %s", (System.nanoTime() - began) / 1e9, line));
        out.flush();
    }

    @Override
    public void on(ProcessEvent event) {
        if (event instanceof ProcessEvent.Ready) {
            say(event.process() + " is ready");
        }
    }

    @Override
    public void note(String line) {
        say(line);
    }
}
