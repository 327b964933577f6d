package nl.veer.replicator.apply;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.connectors.dialect.LoadDialect;
import nl.veer.connectors.dialect.RowText;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.dialect.TargetTable;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.RowDeleted;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowType;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TableTruncated;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.replicator.apply.TableChange.Kind;
import nl.veer.replicator.stamp.TableLoad;
import org.jspecify.annotations.Nullable;

/**
 * A table of the wave: how it is on the target, what its load includes, and how events become its
 * changes. Columns are found by name, so that their order may differ between the sides. A column
 * that only the target has stays out of every statement and takes its default there. Owned by one
 * thread.
 */
final class WaveTable {
  private final TargetTable table;
  private final boolean wholeBefore;
  private final Boundary boundary;
  private final TargetDialect dialect;

  /** Columns that the load or an event has brought. */
  private final Set<String> brought;

  /** Per row type of the log: for each of its columns the target's index, or -1 to leave it. */
  private final IdentityHashMap<RowType, int[]> mappings = new IdentityHashMap<>();

  /**
   * @param loaded names of the columns that the load wrote; empty if that was not recorded
   */
  WaveTable(
      TargetTable table,
      boolean wholeBefore,
      List<String> loaded,
      Boundary boundary,
      TargetDialect dialect) {
    this.table = table;
    this.brought = new HashSet<>(loaded);
    this.wholeBefore = wholeBefore;
    this.boundary = boundary;
    this.dialect = dialect;
  }

  /**
   * Tables as they are on the target now, and as their loads have left them.
   *
   * @param source reads the boundaries as they were recorded
   */
  static Map<TableId, WaveTable> all(
      List<TableLoad> loads, TargetSession session, LoadDialect source, TargetDialect dialect) {
    Map<TableId, List<String>> keys = new LinkedHashMap<>();
    loads.forEach(load -> keys.put(load.table(), load.identity().key()));
    Map<TableId, TargetTable> found = session.tables(keys);
    Map<TableId, WaveTable> tables = new HashMap<>();
    for (TableLoad load : loads) {
      tables.put(
          load.table(),
          new WaveTable(
              Objects.requireNonNull(found.get(load.table())),
              load.identity().wholeBefore(),
              load.columns(),
              boundary(load, source),
              dialect));
    }
    return tables;
  }

  private static Boundary boundary(TableLoad load, LoadDialect source) {
    String text = load.boundary();
    Position position = load.boundaryPosition();
    if (text == null || position == null) {
      throw new Failure(
          FailureKind.BUG,
          "NOT_LOADED",
          "Table " + load.table() + " was to be applied to before its load was complete.");
    }
    return source.boundary(text, position);
  }

  Boundary boundary() {
    return boundary;
  }

  TableChange inserted(RowInserted event) {
    return new TableChange(
        Kind.INSERT, table, event.place(), null, keyed(row(event.after(), false)));
  }

  TableChange updated(RowUpdated event) {
    RowText before = event.before() == null ? null : row(event.before(), !wholeBefore);
    RowText after = keyed(row(event.after(), false).over(before));
    if (before == null && table.key().isEmpty()) {
      throw noBefore();
    }
    return new TableChange(Kind.UPDATE, table, event.place(), keyedOrNull(before), after);
  }

  TableChange deleted(RowDeleted event) {
    if (table.key().isEmpty() && !wholeBefore) {
      throw noBefore();
    }
    return new TableChange(
        Kind.DELETE, table, event.place(), keyed(row(event.before(), !wholeBefore)), null);
  }

  TableChange truncated(TableTruncated event) {
    return new TableChange(Kind.TRUNCATE, table, event.place(), null, null);
  }

  private RowText row(RowImage image, boolean keyOnly) {
    int[] mapping = map(image.type());
    @Nullable Object[] values = new @Nullable Object[table.columns().size()];
    Arrays.fill(values, RowImage.ABSENT);
    List<RowType.Column> columns = image.type().columns();
    for (int i = 0; i < mapping.length; i++) {
      int column = mapping[i];
      if (column >= 0 && !image.isAbsent(i) && (!keyOnly || table.key().contains(column))) {
        values[column] = dialect.text(columns.get(i).encoding(), image.value(i));
      }
    }
    return new RowText(values);
  }

  /** Finds the type's columns on the target, or refuses. */
  int[] map(RowType type) {
    return mappings.computeIfAbsent(type, this::mapping);
  }

  /** Whether the row type was not met before. */
  boolean isNew(RowType type) {
    return !mappings.containsKey(type);
  }

  private int[] mapping(RowType type) {
    requireBrought(type);
    int[] mapping = new int[type.columns().size()];
    for (int i = 0; i < mapping.length; i++) {
      String name = type.columns().get(i).name();
      mapping[i] = table.indexOf(name);
      if (mapping[i] < 0 && !table.generated().contains(name)) {
        throw new Failure(
            FailureKind.TARGET_DATA,
            "COLUMN_MISSING",
            "The source's table %s has a column %s that the target's does not have. Add it there"
                    .formatted(table.id(), name)
                + " with the same type and default; the wave then goes on by itself.");
      }
    }
    return mapping;
  }

  /** A column that stops coming would keep its old values on the target in silence. */
  private void requireBrought(RowType type) {
    for (String name : brought) {
      if (type.indexOf(name) < 0 && table.indexOf(name) >= 0) {
        throw new Failure(
            FailureKind.SOURCE_DATA,
            "COLUMN_GONE",
            ("Column %s of table %s was renamed or dropped on the source: its log does not carry it"
                    + " any more. Do the same on the target, rename or drop; the wave then goes on"
                    + " by itself.")
                .formatted(name, table.id()));
      }
    }
    type.columns().forEach(column -> brought.add(column.name()));
  }

  private @Nullable RowText keyedOrNull(@Nullable RowText row) {
    return row == null ? null : keyed(row);
  }

  private RowText keyed(RowText row) {
    if (row.lacksKey(table.key())) {
      throw new Failure(
          FailureKind.SOURCE_DATA,
          "KEY_MISSING",
          "An event of table %s does not carry its key (%s). Was the source's replica identity or"
                  .formatted(table.id(), String.join(", ", table.keyNames()))
              + " primary key changed? Then load the table anew: veer load --again --table "
              + table.id());
    }
    return row;
  }

  private Failure noBefore() {
    return new Failure(
        FailureKind.SOURCE_DATA,
        "IDENTITY_MISSING",
        "Table %s has no key, and its log does not hold whole old rows. On the source: ALTER TABLE"
                .formatted(table.id())
            + " %s REPLICA IDENTITY FULL; then load it anew: veer load --again --table %s"
                .formatted(table.id().quoted(), table.id()));
  }
}
