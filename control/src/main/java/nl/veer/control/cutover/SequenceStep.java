package nl.veer.control.cutover;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import nl.veer.connectors.dialect.postgres.PostgresSequences;
import nl.veer.connectors.dialect.postgres.Sequence;
import nl.veer.connectors.dialect.postgres.SequencePlan;
import nl.veer.connectors.dialect.postgres.SequencePlanner;
import nl.veer.control.cutover.CutoverState.Sequenced;

/**
 * SEQUENCED: the other side's sequences go on beyond all that this side has given out, with a
 * margin for what no fence refuses: {@code nextval}. Those of all schemas of the wave's tables,
 * unattached ones too. One that cannot be set was judged at the gate, and is said.
 */
final class SequenceStep implements Step {
  @Override
  public CutoverState state() {
    return new Sequenced();
  }

  @Override
  public void run(Drive drive) {
    Set<String> schemas = new TreeSet<>();
    drive.leg().tables().forEach(table -> schemas.add(table.schema()));
    List<Sequence> active =
        drive.onFrom("reading the sequences", from -> PostgresSequences.read(from, schemas));
    List<Sequence> passive =
        drive.onTo("reading the sequences", to -> PostgresSequences.read(to, schemas));
    SequencePlan plan =
        SequencePlanner.plan(active, passive, drive.config().cutover().sequenceMargin());
    plan.problems().forEach(drive.progress()::says);
    drive.onTo(
        "setting the sequences",
        to -> {
          PostgresSequences.set(to, plan.targets());
          return true;
        });
    drive.budget().require("the sequences");
  }
}
