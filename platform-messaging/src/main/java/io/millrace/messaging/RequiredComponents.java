package io.millrace.messaging;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/**
 * Makes the event record say what a payload must hold: in a {@link NullMarked} package every component, primitives too,
 * unless it is {@link Nullable}. Without it a payload that lacks a field would reach a handler as null or zero.
 */
final class RequiredComponents extends NopAnnotationIntrospector {

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated member) {
        if (!(member instanceof AnnotatedParameter parameter) || !isNullMarkedRecord(parameter.getDeclaringClass())) {
            return JsonSetter.Value.empty();
        }
        Executable constructor = (Executable) parameter.getOwner().getAnnotated();
        AnnotatedType type = constructor.getAnnotatedParameterTypes()[parameter.getIndex()];
        return JsonSetter.Value.construct(required(type), requiredContent(type));
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    private static boolean isNullMarkedRecord(Class<?> type) {
        return type.isRecord()
                && (type.getPackage().isAnnotationPresent(NullMarked.class)
                        || type.isAnnotationPresent(NullMarked.class));
    }

    private static @Nullable Nulls required(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class) ? null : Nulls.FAIL;
    }

    /** The values of a map and the elements of a collection follow the same rule. */
    private static @Nullable Nulls requiredContent(AnnotatedType type) {
        if (!(type instanceof AnnotatedParameterizedType generic)) {
            return null;
        }
        AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
        return required(arguments[arguments.length - 1]);
    }
}
