package nl.veer.replicator.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import nl.veer.connectors.dialect.RowText;
import nl.veer.connectors.dialect.TargetTable;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.TableId;
import nl.veer.replicator.apply.TableChange.Kind;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The reduction of a batch to its net effect, for each change: rows that are inserted and then
 * updated. In the reducer's own package, for nobody else is to see it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReducerMicro {
  private static final int CHANGES = 20_000;
  private static final TargetTable TABLE =
      new TargetTable(
          new TableId("public", "narrow"),
          List.of(
              new TargetTable.Column("id", "bigint", true, false),
              new TargetTable.Column("amount", "numeric", true, false),
              new TargetTable.Column("note", "text", true, false)),
          Set.of(),
          List.of(0),
          false,
          true);

  private final List<TableChange> changes = changes();

  private static List<TableChange> changes() {
    List<TableChange> changes = new ArrayList<>();
    for (int id = 0; id < CHANGES / 2; id++) {
      changes.add(change(Kind.INSERT, id, "new"));
    }
    for (int id = 0; id < CHANGES / 2; id++) {
      changes.add(change(Kind.UPDATE, id, "changed"));
    }
    return changes;
  }

  private static TableChange change(Kind kind, int id, String note) {
    RowText row = new RowText(new Object[] {Integer.toString(id), "12.50", note});
    return new TableChange(kind, TABLE, new EventPlace(1, id), null, row);
  }

  @Benchmark
  @OperationsPerInvocation(CHANGES)
  public Object reduce() {
    NetEffect effect = new NetEffect();
    changes.forEach(effect::add);
    return effect.effects();
  }
}
