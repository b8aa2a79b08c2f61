package io.millrace.monitoring.telemetry;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.io.StringWriter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** OTLP attributes as text and JSON. */
final class Attributes {

    /** Characters of an attribute set as JSON: attributes are names and numbers, not documents. */
    static final int LONGEST = 16 * 1024;

    /** Characters of one value. */
    private static final int LONGEST_VALUE = 4 * 1024;

    private static final JsonFactory JSON = new JsonFactory();

    private Attributes() {}

    /** The attribute of a name as text; null where there is none. */
    static @Nullable String text(List<KeyValue> attributes, String name) {
        for (KeyValue attribute : attributes) {
            if (attribute.getKey().equals(name)) {
                return text(attribute.getValue());
            }
        }
        return null;
    }

    /** A value as text: a string as it is, what is compound as JSON. */
    static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case VALUE_NOT_SET -> "";
            case ARRAY_VALUE, KVLIST_VALUE, BYTES_VALUE, STRING_VALUE_STRINDEX -> {
                StringWriter text = new StringWriter();
                try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
                    write(json, value);
                }
                yield text.toString();
            }
        };
    }

    /** The attributes as a JSON object, without those that are kept elsewhere; a note in their place when too long. */
    static String json(List<KeyValue> attributes, Set<String> except) {
        if (attributes.isEmpty()) {
            return "{}";
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            for (KeyValue attribute : attributes) {
                if (!except.contains(attribute.getKey())) {
                    json.writeName(Texts.cut(attribute.getKey(), LONGEST_VALUE));
                    write(json, attribute.getValue());
                }
            }
            json.writeEndObject();
        }
        StringBuffer written = text.getBuffer();
        return written.length() <= LONGEST ? written.toString() : "{\"cut\":%d}".formatted(written.length());
    }

    /** Values nest no deeper than the protobuf parser lets them, which is 100 messages. */
    private static void write(JsonGenerator json, AnyValue value) {
        switch (value.getValueCase()) {
            case STRING_VALUE -> json.writeString(Texts.cut(value.getStringValue(), LONGEST_VALUE));
            case BOOL_VALUE -> json.writeBoolean(value.getBoolValue());
            case INT_VALUE -> json.writeNumber(value.getIntValue());
            case DOUBLE_VALUE -> {
                if (Double.isFinite(value.getDoubleValue())) {
                    json.writeNumber(value.getDoubleValue());
                } else {
                    json.writeString(Double.toString(value.getDoubleValue())); // JSON has no such number
                }
            }
            case BYTES_VALUE ->
                json.writeString(Texts.cut(
                        Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray()), LONGEST_VALUE));
            case ARRAY_VALUE -> {
                json.writeStartArray();
                value.getArrayValue().getValuesList().forEach(each -> write(json, each));
                json.writeEndArray();
            }
            case KVLIST_VALUE -> {
                json.writeStartObject();
                for (KeyValue each : value.getKvlistValue().getValuesList()) {
                    json.writeName(Texts.cut(each.getKey(), LONGEST_VALUE));
                    write(json, each.getValue());
                }
                json.writeEndObject();
            }
            // a reference into a table that only profiles have
            case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> json.writeNull();
        }
    }

    /** A trace's or span's id in hexadecimal; null where it is absent, all zeros, or of another length. */
    static @Nullable String id(ByteString bytes, int length) {
        if (bytes.size() != length) {
            return null;
        }
        for (int i = 0; i < length; i++) {
            if (bytes.byteAt(i) != 0) {
                return HexFormat.of().formatHex(bytes.toByteArray());
            }
        }
        return null;
    }
}
