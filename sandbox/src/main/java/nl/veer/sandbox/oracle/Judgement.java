package nl.veer.sandbox.oracle;

import java.util.List;
import java.util.Optional;

/** What the oracle saw, table by table. */
public record Judgement(List<TableJudgement> tables) {
  public Judgement {
    tables = List.copyOf(tables);
  }

  /** Whether something was compared and all of it is the same. */
  public boolean equal() {
    return !tables.isEmpty() && tables.stream().allMatch(TableJudgement::equal);
  }

  /** Rows of the left side. */
  public long rows() {
    return tables.stream().mapToLong(TableJudgement::leftRows).sum();
  }

  public Optional<TableJudgement> firstDifference() {
    return tables.stream().filter(table -> !table.equal()).findFirst();
  }
}
