package nl.veer.control.crossing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Tests that bound or measure a time, must keep up with a shop that writes much, or fill the
 * machine themselves: no other class runs beside them. All others share the processors with one
 * more JVM.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Tag("alone")
public @interface Alone {}
