package nl.veer.verifier.blame;

import java.util.HashMap;
import java.util.Map;
import nl.veer.verifier.blame.Trace.Cell;
import nl.veer.verifier.digest.Digest128;
import org.jspecify.annotations.Nullable;

/** A row's trace while a transaction is read that touches it. Owned by one thread. */
final class OpenTrace {
  private final @Nullable Trace before;
  private final Map<String, Digest128> carried = new HashMap<>();
  private boolean begun;
  private boolean fresh;
  private boolean touched;
  private boolean present;

  OpenTrace(@Nullable Trace before) {
    this.before = before;
    this.begun = before != null && before.begun();
    this.present = before != null && before.present();
  }

  /** A row begins, with all of its values. */
  void begin(Map<String, Digest128> values) {
    begun |= before == null && !touched;
    fresh = true;
    carried.clear();
    go(values);
  }

  /** It goes on with these. */
  void go(Map<String, Digest128> values) {
    touched = true;
    present = true;
    carried.putAll(values);
  }

  void end() {
    touched = true;
    present = false;
    fresh = true;
    carried.clear();
  }

  Trace closed(Touch touch) {
    Map<String, Cell> columns = new HashMap<>();
    if (before != null && !fresh) {
      columns.putAll(before.columns());
    }
    carried.forEach((name, value) -> columns.put(name, new Cell(value, touch)));
    return new Trace(begun, present, columns, touch);
  }
}
