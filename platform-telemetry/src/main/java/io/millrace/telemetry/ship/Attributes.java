package io.millrace.telemetry.ship;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import org.jspecify.annotations.Nullable;

/** Attributes as OTLP writes them. */
public final class Attributes {

    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 1024;

    private Attributes() {}

    /** A text, cut to 1,024 units. */
    public static KeyValue of(String key, String value) {
        return of(key, value, LONGEST_VALUE);
    }

    /** A text, cut to a length. */
    public static KeyValue of(String key, String value, int max) {
        return pair(key, AnyValue.newBuilder().setStringValue(Texts.fit(value, max)));
    }

    /** A whole number. */
    public static KeyValue of(String key, long value) {
        return pair(key, AnyValue.newBuilder().setIntValue(value));
    }

    /** Anything: numbers and truth values stay what they are, the rest is written as text. */
    public static KeyValue ofAny(String key, @Nullable Object value) {
        return switch (value) {
            case Integer number -> of(key, number.longValue());
            case Long number -> of(key, number);
            case Short number -> of(key, number.longValue());
            case Byte number -> of(key, number.longValue());
            case Double number -> pair(key, AnyValue.newBuilder().setDoubleValue(number));
            case Float number -> pair(key, AnyValue.newBuilder().setDoubleValue(number));
            case Boolean truth -> pair(key, AnyValue.newBuilder().setBoolValue(truth));
            case null, default -> of(key, String.valueOf(value));
        };
    }

    private static KeyValue pair(String key, AnyValue.Builder value) {
        return KeyValue.newBuilder()
                .setKey(Texts.fit(key, LONGEST_KEY))
                .setValue(value)
                .build();
    }
}
