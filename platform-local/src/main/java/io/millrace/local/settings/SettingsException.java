package io.millrace.local.settings;

import java.util.List;

/** Settings that can't be used; the message names every one of them. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Problems, each a sentence that names its setting. */
    public SettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
