package nl.veer.replicator.apply;

import java.util.List;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.failure.Failure;

/**
 * Writes portions into a session's open transaction: as their net effect in few statements, and
 * where the target does not take that (a unique value that moves between rows, say), once more in
 * smaller parts. Only what fails one by one as well is an incident. Owned by one thread.
 */
final class BatchWriter {
  private final TargetSession session;
  private final EffectWriter writer;
  private final Replay replay;
  private final Runnable replayed;

  /**
   * @param replayed told when a batch is replayed in parts
   */
  BatchWriter(TargetSession session, Runnable replayed) {
    this.session = session;
    this.replayed = replayed;
    this.writer = new EffectWriter(session);
    this.replay = new Replay(session, writer);
  }

  /** Writes into a transaction in which nothing was done yet. Does not commit. */
  void write(List<Portion> portions) {
    try {
      writeNetEffect(portions);
    } catch (Failure failure) {
      Replay.rethrowUnlessData(failure);
      session.rollback();
      replayed.run();
      replay.write(portions);
    }
  }

  /** Writes into a transaction that earlier parts were written to. Does not commit. */
  void writePart(Portion part) {
    session.mark();
    try {
      writeNetEffect(List.of(part));
    } catch (Failure failure) {
      Replay.rethrowUnlessData(failure);
      session.rollbackToMark();
      replayed.run();
      replay.write(List.of(part));
    }
  }

  private void writeNetEffect(List<Portion> portions) {
    NetEffect effect = new NetEffect();
    for (Portion portion : portions) {
      portion.changes().forEach(effect::add);
    }
    writer.write(effect.effects());
  }
}
