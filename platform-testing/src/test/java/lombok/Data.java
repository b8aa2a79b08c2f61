package lombok;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands in for Lombok's, which is banned from the class path. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Data {}
