package io.millrace.web.json;

import io.millrace.web.problem.NulCharacterException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Writer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.core.util.JsonParserDelegate;

/**
 * Makes parsers that refuse U+0000 in every string and name, whatever it is read into. PostgreSQL stores no such
 * character, so that one let through here would fail, much later, as a fault of ours.
 */
final class NulRefusingFactory extends JsonFactory {

    NulRefusingFactory(JsonFactoryBuilder builder) {
        super(builder);
    }

    @Override
    protected JsonParser _createParser(ObjectReadContext read, IOContext io, InputStream in) {
        return new NulRefusingParser(super._createParser(read, io, in));
    }

    @Override
    protected JsonParser _createParser(ObjectReadContext read, IOContext io, Reader in) {
        return new NulRefusingParser(super._createParser(read, io, in));
    }

    @Override
    protected JsonParser _createParser(ObjectReadContext read, IOContext io, byte[] in, int offset, int length) {
        return new NulRefusingParser(super._createParser(read, io, in, offset, length));
    }

    @Override
    protected JsonParser _createParser(
            ObjectReadContext read, IOContext io, char[] in, int offset, int length, boolean recyclable) {
        return new NulRefusingParser(super._createParser(read, io, in, offset, length, recyclable));
    }

    private static final class NulRefusingParser extends JsonParserDelegate {

        NulRefusingParser(JsonParser delegate) {
            super(delegate);
        }

        @Override
        public String getString() {
            return checked(super.getString());
        }

        @Override
        public String getValueAsString() {
            return checked(super.getValueAsString());
        }

        @Override
        public String getValueAsString(String fallback) {
            return checked(super.getValueAsString(fallback));
        }

        @Override
        public String currentName() {
            return checked(super.currentName());
        }

        @Override
        public String nextName() {
            return checked(super.nextName());
        }

        @Override
        public int getString(Writer writer) {
            getString();
            return super.getString(writer);
        }

        @Override
        public char[] getStringCharacters() {
            getString();
            return super.getStringCharacters();
        }

        private <T extends @Nullable String> T checked(T text) {
            if (text != null && text.indexOf('\0') >= 0) {
                throw new NulCharacterException(this);
            }
            return text;
        }
    }
}
