package nl.veer.control.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one key of the configuration: the binder, the checks and the reference page read it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {
  /** What it is for, in a sentence or two, as the reference page says it. */
  String value();

  /** What holds when the key is absent, as it would be written; empty if there is no such value. */
  String byDefault() default "";

  /** May be absent although nothing stands in for it. */
  boolean optional() default false;

  /** Must be a name as migrations and waves have: part of names on other systems. */
  boolean name() default false;

  /** Must begin with one of these, if there are any. */
  String[] startsWith() default {};

  /** Smallest number, duration in milliseconds, size in bytes, or count of list entries. */
  long min() default Long.MIN_VALUE;

  /** Largest of the same. */
  long max() default Long.MAX_VALUE;
}
