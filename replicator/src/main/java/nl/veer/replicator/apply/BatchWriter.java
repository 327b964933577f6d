package nl.veer.replicator.apply;

import java.util.List;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.failure.Failure;

/**
 * Writes portions into a session's open transaction: as their net effect in few statements; where
 * the target does not take that (a unique value that moves between rows, say), with the rows that
 * change taken out first; and where it does not take that either, in ever smaller parts. Only what
 * fails one by one as well is an incident. Owned by one thread.
 */
final class BatchWriter {
  /** Where values have moved they will again: so many batches are not tried otherwise first. */
  private static final int RENEWING_BATCHES = 50;

  private final TargetSession session;
  private final EffectWriter writer;
  private final Replay replay;
  private final Runnable replayed;
  private int renewing;

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
    write(portions, session::rollback);
  }

  /** Writes into a transaction that earlier parts were written to. Does not commit. */
  void writePart(Portion part) {
    session.mark();
    write(List.of(part), session::rollbackToMark);
  }

  private void write(List<Portion> portions, Runnable undo) {
    boolean taken;
    if (renewing > 0) {
      renewing--;
      taken = isTaken(() -> renewed(portions), undo);
    } else if (isTaken(() -> netEffect(portions), undo)) {
      taken = true;
    } else {
      taken = isTaken(() -> renewed(portions), undo);
      renewing = taken ? RENEWING_BATCHES : 0;
    }
    if (!taken) {
      replayed.run();
      replay.write(portions);
    }
  }

  private boolean isTaken(Supplier<List<TableEffect>> effects, Runnable undo) {
    try {
      writer.write(effects.get());
      return true;
    } catch (Failure failure) {
      Replay.rethrowUnlessData(failure);
      undo.run();
      return false;
    }
  }

  private static List<TableEffect> netEffect(List<Portion> portions) {
    NetEffect effect = new NetEffect();
    for (Portion portion : portions) {
      portion.changes().forEach(effect::add);
    }
    return effect.effects();
  }

  private static List<TableEffect> renewed(List<Portion> portions) {
    return netEffect(portions).stream().map(TableEffect::renewing).toList();
  }
}
