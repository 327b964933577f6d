package nl.veer.control.cutover;

import nl.veer.connectors.dialect.ReadySessions;
import nl.veer.control.wave.Migration;

/**
 * Sessions on both sides that are open before the fence is raised, for what is done behind it: a
 * log-in takes longer than most of that.
 */
record ReadySides(ReadySessions source, ReadySessions target) implements AutoCloseable {
  /** For ending a leg and beginning one; what compares opens its own. */
  private static final int EACH = 7;

  static ReadySides of(Migration migration) {
    return new ReadySides(
        new ReadySessions(migration.source().endpoint()),
        new ReadySessions(migration.target().endpoint()));
  }

  Migration drawnOnBy(Migration migration) {
    return migration.drawingOn(source, target);
  }

  /** Opens them, while the caller goes on. */
  void open() {
    source.open(EACH);
    target.open(EACH);
  }

  @Override
  public void close() {
    source.close();
    target.close();
  }
}
