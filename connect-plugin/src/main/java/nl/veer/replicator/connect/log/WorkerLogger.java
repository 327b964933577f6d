package nl.veer.replicator.connect.log;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * A logger that passes on to the worker's logger of the same name, with key-value pairs in front of
 * the message. The worker's is found by its name at run time: in the plug-in, what is compiled
 * against SLF4J means Veer's own copy. Safe for several threads.
 */
final class WorkerLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  /** Not one constant, which the build would rename. */
  private static final String PACKAGE = String.join(".", "org", "slf4j");

  private final transient Object worker;
  private final transient Map<Level, Method> enabled = new EnumMap<>(Level.class);
  private final transient Map<Level, Method> log = new EnumMap<>(Level.class);

  WorkerLogger(String name) {
    this.name = name;
    try {
      ClassLoader loader = WorkerLogger.class.getClassLoader();
      Class<?> type = Class.forName(PACKAGE + ".Logger", true, loader);
      worker =
          Class.forName(PACKAGE + ".LoggerFactory", true, loader)
              .getMethod("getLogger", String.class)
              .invoke(null, name);
      for (Level level : Level.values()) {
        String word = level.name().toLowerCase(Locale.ROOT);
        log.put(level, type.getMethod(word, String.class, Throwable.class));
        enabled.put(
            level, type.getMethod("is" + level.name().charAt(0) + word.substring(1) + "Enabled"));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The worker has no SLF4J", e);
    }
  }

  @Override
  public boolean isTraceEnabled() {
    return isEnabled(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return isEnabled(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return isEnabled(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return isEnabled(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return isEnabled(Level.ERROR);
  }

  private boolean isEnabled(Level level) {
    return Boolean.TRUE.equals(ask(enabled.get(level)));
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String pattern,
      @Nullable Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    ask(log.get(level), MessageFormatter.basicArrayFormat(pattern, arguments), thrown);
  }

  private @Nullable Object ask(@Nullable Method method, @Nullable Object... arguments) {
    try {
      return method == null ? null : method.invoke(worker, arguments);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("The worker's logger failed", e);
    }
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }
}
