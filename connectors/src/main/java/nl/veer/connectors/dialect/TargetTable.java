package nl.veer.connectors.dialect;

import java.util.List;
import java.util.Set;
import nl.veer.connectors.event.TableId;

/**
 * A table of the target as changes are written to it.
 *
 * @param columns all that can be written, in catalog order
 * @param generated names of the columns that the target computes itself
 * @param key indexes into the columns: what identifies a row in the source's log; empty if only the
 *     whole row does
 * @param partitioned whether it is the root of a partition tree; any other table is meant without
 *     those that inherit from it
 * @param keyIsUnique whether the target has a unique index on exactly the key, so that a statement
 *     over many keys can hit each at most once
 */
public record TargetTable(
    TableId id,
    List<Column> columns,
    Set<String> generated,
    List<Integer> key,
    boolean partitioned,
    boolean keyIsUnique) {

  /**
   * A column that can be written.
   *
   * @param type without a length or precision, so that a cast to it never shortens a value; the
   *     assignment to the column then checks its length
   * @param comparesExactly whether the type's {@code =} holds only for values with the same text
   * @param fixed whether only an insert can give its value (GENERATED ALWAYS AS IDENTITY)
   * @param equals the operator that the type's own indexes use, whatever schema it is in
   */
  public record Column(
      String name, String type, boolean comparesExactly, boolean fixed, String equals) {

    /** A column of a type whose {@code =} every session finds. */
    public Column(String name, String type, boolean comparesExactly, boolean fixed) {
      this(name, type, comparesExactly, fixed, "=");
    }
  }

  public TargetTable {
    columns = List.copyOf(columns);
    generated = Set.copyOf(generated);
    key = List.copyOf(key);
  }

  public List<String> keyNames() {
    return key.stream().map(column -> columns.get(column).name()).toList();
  }

  /** Index of the column, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
