package io.millrace.events;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The stable name of an event on the wire, such as {@code order.placed}: the value of the {@code ce_type} header.
 *
 * <p>It outlives every rename of the Java class and is never reused for another meaning.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {
    /** The name: lower-case words joined by dots and hyphens. */
    String value();
}
