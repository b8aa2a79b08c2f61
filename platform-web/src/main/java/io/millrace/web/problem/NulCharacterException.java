package io.millrace.web.problem;

import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamReadException;

/** A string of a body holds U+0000. */
public final class NulCharacterException extends StreamReadException {

    /** Raised where the parser stands. */
    public NulCharacterException(JsonParser parser) {
        super(parser, "string holds U+0000");
    }
}
