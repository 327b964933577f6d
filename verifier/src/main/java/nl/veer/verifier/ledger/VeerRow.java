package nl.veer.verifier.ledger;

import java.util.List;
import nl.veer.connectors.dialect.RowIdentity;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.RowChanged;
import nl.veer.connectors.event.RowDeleted;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import org.jspecify.annotations.Nullable;

/**
 * A row of one of Veer's own tables on the target, as the echo has it: they say why a transaction
 * changes the wave's tables.
 */
record VeerRow(RowImage image) {
  static final TableId STAMP = new TableId("veer", "stamp");
  static final TableId LOAD = new TableId("veer", "load");
  static final TableId REPAIR = new TableId("veer", "repair");

  private static final String UNIT_SEPARATOR = "\u001f";

  /** After the change; before it, where the row is gone. */
  static VeerRow of(RowChanged event) {
    if (event instanceof RowInserted inserted) {
      return new VeerRow(inserted.after());
    }
    if (event instanceof RowUpdated updated) {
      return new VeerRow(updated.after());
    }
    return new VeerRow(((RowDeleted) event).before());
  }

  /** The records of other waves are none of ours. */
  boolean isOf(WaveId wave) {
    return wave.migration().equals(value("migration")) && wave.wave().equals(value("wave"));
  }

  /** Of which table it speaks. */
  TableId table() {
    return new TableId(String.valueOf(value("table_schema")), String.valueOf(value("table_name")));
  }

  /**
   * What the table's load includes. Null where the row does not say it: before the load begins, and
   * where a boundary is so long that an update which leaves it alone does not carry it.
   */
  @Nullable LoadBoundary boundary() {
    return value("boundary") instanceof String text
            && value("boundary_position") instanceof String position
        ? new LoadBoundary(text, Position.parse(position), identity())
        : null;
  }

  private @Nullable RowIdentity identity() {
    return value("whole_before") instanceof Boolean whole
            && value("key_columns") instanceof String joined
        ? new RowIdentity(
            whole, joined.isEmpty() ? List.of() : List.of(joined.split(UNIT_SEPARATOR, -1)))
        : null;
  }

  /** Null also where the row does not carry the column. */
  @Nullable Object value(String column) {
    int index = image.type().indexOf(column);
    return index < 0 || image.isAbsent(index) ? null : image.value(index);
  }
}
