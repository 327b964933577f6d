package nl.veer.connectors.failure;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stack trace without words. What drivers and libraries say may quote rows and secrets; where
 * they said it does not. Only a {@link Failure}'s message is kept, for it holds neither.
 */
public final class BareTrace {
  private BareTrace() {}

  /** The trace and those of its causes, a line each, every line ended. */
  public static String of(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    String label = "";
    for (Throwable cause = thrown; cause != null && seen.add(cause); cause = cause.getCause()) {
      text.append(label).append(named(cause)).append('\n');
      for (StackTraceElement frame : cause.getStackTrace()) {
        text.append("\tat ").append(frame).append('\n');
      }
      label = "Caused by: ";
    }
    return text.toString();
  }

  /** A failure as it prints itself; of anything else the class. */
  public static String named(@Nullable Throwable thrown) {
    if (thrown == null) {
      return "nothing";
    }
    return thrown instanceof Failure ? thrown.toString() : thrown.getClass().getName();
  }
}
