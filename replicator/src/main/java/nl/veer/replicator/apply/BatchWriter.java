package nl.veer.replicator.apply;

import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.replicator.apply.TableChange.Kind;

/**
 * Writes portions into a session's open transaction: as their net effect in few statements, and
 * where the target does not take that (a unique value that moves between rows, say), once more in
 * exact source order, one by one. Only what fails then as well is an incident. Owned by one thread.
 */
final class BatchWriter {
  private final TargetSession session;
  private final EffectWriter writer;
  private final Runnable replayed;

  /**
   * @param replayed told when a batch is replayed one by one
   */
  BatchWriter(TargetSession session, Runnable replayed) {
    this.session = session;
    this.replayed = replayed;
    this.writer = new EffectWriter(session);
  }

  /** Writes into a transaction in which nothing was done yet. Does not commit. */
  void write(List<Portion> portions) {
    try {
      writeNetEffect(portions);
    } catch (Failure failure) {
      rethrowUnlessData(failure);
      session.rollback();
      replayed.run();
      portions.forEach(this::replay);
    }
  }

  /** Writes into a transaction that earlier parts were written to. Does not commit. */
  void writePart(Portion part) {
    session.mark();
    try {
      writeNetEffect(List.of(part));
    } catch (Failure failure) {
      rethrowUnlessData(failure);
      session.rollbackToMark();
      replayed.run();
      replay(part);
    }
  }

  private static void rethrowUnlessData(Failure failure) {
    if (failure.kind() != FailureKind.TARGET_DATA) {
      throw failure;
    }
  }

  private void writeNetEffect(List<Portion> portions) {
    NetEffect effect = new NetEffect();
    for (Portion portion : portions) {
      portion.changes().forEach(effect::add);
    }
    writer.write(effect.effects());
  }

  private void replay(Portion portion) {
    List<TableChange> changes = portion.changes();
    for (int from = 0, to; from < changes.size(); from = to) {
      to = from + 1;
      if (changes.get(from).kind() == Kind.TRUNCATE) {
        while (to < changes.size() && changes.get(to).kind() == Kind.TRUNCATE) {
          to++;
        }
      }
      replay(portion, changes.subList(from, to));
    }
  }

  /** One change, or the truncates of one statement. */
  private void replay(Portion portion, List<TableChange> together) {
    TableChange first = together.get(0);
    try {
      if (first.kind() == Kind.TRUNCATE) {
        session.truncate(
            new ArrayList<>(together.stream().map(change -> change.table().id()).toList()));
      } else {
        NetEffect one = new NetEffect();
        one.add(first);
        writer.write(one.effects());
      }
    } catch (Failure failure) {
      rethrowUnlessData(failure);
      throw Incidents.at(failure, portion.sourceTransaction(), portion.end(), first.place());
    }
  }
}
