package nl.veer.verifier.ledger;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * By which columns rows of tables without a key are told apart: by those that all of the log's rows
 * in a batch have, for a column may be added within a batch. Owned by one thread.
 */
final class CommonColumns implements Pairing.Projection {
  private final RowDigests digests;

  /** Per table; null for all columns. */
  private final @Nullable Shape[] common;

  CommonColumns(List<LedgerTable> tables, RowDigests digests, Effects log) {
    this.digests = digests;
    this.common = new Shape[tables.size()];
    for (int table = 0; table < common.length; table++) {
      common[table] = tables.get(table).key().isEmpty() ? common(log.shapes(table)) : null;
    }
  }

  private static @Nullable Shape common(Set<Shape> shapes) {
    TreeSet<String> names = null;
    for (Shape shape : shapes) {
      Set<String> of = new TreeSet<>();
      for (int i = 0; i < shape.size(); i++) {
        of.add(shape.name(i));
      }
      if (names == null) {
        names = new TreeSet<>(of);
      } else {
        names.retainAll(of);
      }
    }
    return names == null ? null : new Shape(names.toArray(String[]::new));
  }

  @Override
  public boolean changes(int table) {
    return common[table] != null;
  }

  @Override
  public Effect of(int table, Effect effect) {
    Shape shape = common[table];
    Columns columns = effect.columns();
    if (shape == null || columns == null) {
      return effect;
    }
    return new Effect(
        digests.whole(columns, shape),
        effect.existed(),
        columns,
        effect.anew(),
        effect.count(),
        effect.keyText(),
        effect.place());
  }
}
