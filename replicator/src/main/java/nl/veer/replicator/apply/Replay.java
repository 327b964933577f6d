package nl.veer.replicator.apply;

import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.replicator.apply.TableChange.Kind;

/**
 * Writes changes again whose net effect the target did not take (a unique value that moves between
 * rows, say): in halves, each as its net effect, and those that fail again in halves of them, down
 * to single changes. So only those around what does not fit are written one by one, and what fails
 * even then fails where it stands in the source's order. Owned by one thread.
 */
final class Replay {
  /** So few are quicker written one by one than tried together. */
  private static final int FEW = 4;

  private final TargetSession session;
  private final EffectWriter writer;

  Replay(TargetSession session, EffectWriter writer) {
    this.session = session;
    this.writer = writer;
  }

  /** What must not be divided: one change, or the truncates of one statement. */
  private record Step(Portion portion, List<TableChange> changes) {}

  /** Into a transaction that holds nothing of them. Does not commit. */
  void write(List<Portion> portions) {
    List<Step> steps = new ArrayList<>();
    portions.forEach(portion -> divide(portion, steps));
    writeHalves(steps);
  }

  private static void divide(Portion portion, List<Step> steps) {
    List<TableChange> changes = portion.changes();
    for (int from = 0, to; from < changes.size(); from = to) {
      to = from + 1;
      if (changes.get(from).kind() == Kind.TRUNCATE) {
        while (to < changes.size() && changes.get(to).kind() == Kind.TRUNCATE) {
          to++;
        }
      }
      steps.add(new Step(portion, changes.subList(from, to)));
    }
  }

  private void writeHalves(List<Step> steps) {
    int half = steps.size() / 2;
    writeTogether(steps.subList(0, half));
    writeTogether(steps.subList(half, steps.size()));
  }

  private void writeTogether(List<Step> steps) {
    if (steps.size() <= FEW) {
      steps.forEach(this::writeOne);
      return;
    }
    session.mark();
    try {
      NetEffect effect = new NetEffect();
      steps.forEach(step -> step.changes().forEach(effect::add));
      writer.write(effect.effects());
    } catch (Failure failure) {
      rethrowUnlessData(failure);
      session.rollbackToMark();
      writeHalves(steps);
    }
  }

  private void writeOne(Step step) {
    TableChange first = step.changes().get(0);
    try {
      if (first.kind() == Kind.TRUNCATE) {
        session.truncate(
            new ArrayList<>(step.changes().stream().map(change -> change.table().id()).toList()));
      } else {
        NetEffect one = new NetEffect();
        one.add(first);
        writer.write(one.effects());
      }
    } catch (Failure failure) {
      rethrowUnlessData(failure);
      Portion portion = step.portion();
      throw Incidents.at(failure, portion.sourceTransaction(), portion.end(), first.place());
    }
  }

  /** Only what the target does not take is a reason to write otherwise. */
  static void rethrowUnlessData(Failure failure) {
    if (failure.kind() != FailureKind.TARGET_DATA) {
      throw failure;
    }
  }
}
