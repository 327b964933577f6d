package nl.veer.replicator.fault;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A place in Veer's own code that calls an edge: the method called, the line that calls it, and the
 * nearest line of another class that leads there, for some lines serve many callers.
 *
 * @param call what is called, for example {@code Connection.commit}
 * @param place for example {@code PostgresTargetSession.lambda$commit$8:137 < Applier.commit:244}
 */
record CallSite(String call, String place) {
  private static final String OWN = "nl.veer.";
  private static final String TESTS = CallSite.class.getPackageName();

  /** These only pass work on: a caller of theirs says more. */
  private static final List<String> PASSING_ON =
      List.of("PostgresFailures", "OpenSessions", "Sessions", "Retrying");

  static CallSite ofCaller(String call) {
    List<StackFrame> frames =
        StackWalker.getInstance()
            .walk(
                all ->
                    all.filter(frame -> frame.getClassName().startsWith(OWN))
                        .filter(frame -> !frame.getClassName().startsWith(TESTS))
                        .filter(frame -> !PASSING_ON.contains(simpleName(frame)))
                        .toList());
    if (frames.isEmpty()) {
      return new CallSite(call, "the tests");
    }
    StackFrame innermost = frames.get(0);
    String leading =
        frames.stream()
            .filter(frame -> !frame.getClassName().equals(innermost.getClassName()))
            .limit(1)
            .map(frame -> " < " + shown(frame))
            .collect(Collectors.joining());
    return new CallSite(call, shown(innermost) + leading);
  }

  private static String shown(StackFrame frame) {
    return simpleName(frame) + "." + frame.getMethodName() + ":" + frame.getLineNumber();
  }

  private static String simpleName(StackFrame frame) {
    String name = frame.getClassName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /**
   * Whether the other side hears of the call. The driver answers the others by itself: they prepare
   * what is said later, or close what the other side does not know of.
   */
  boolean speaks() {
    return !call.matches(
        ".*[.](set(Object|String|Array|PrepareThreshold|NetworkTimeout|ReadOnly)|createArrayOf"
            + "|prepareStatement|createStatement|is[A-Z].*|get[A-Z].*)|.*Statement[.]close");
  }

  /**
   * Whether the call comes because time passes: the applier looks after its session once it had
   * nothing to do for a second, and each second whether a table is wanted anew; and both sides'
   * catalogs are looked at on a thread of its own. A quick crossing is over before that, so it must
   * be waited for.
   */
  boolean comesWithTime() {
    return place.contains("Applier$Attempt.idle:")
        || place.contains("StampSql.isAnyLeft:")
        || place.contains("LoadWatch.sees:")
        || place.matches("SchemaLook[.]comparing:\\d+");
  }

  @Override
  public String toString() {
    return call + " at " + place;
  }
}
