package nl.veer.verifier.blame;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.dialect.postgres.PostgresSnapshot;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.RowDeleted;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowType;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.scan.postgres.ScanTable.KeyColumn;
import nl.veer.verifier.scan.postgres.TableFacts;
import org.jspecify.annotations.Nullable;

/** A shop's table of items, and what a log or an echo holds of it. */
final class ItemEvents {
  static final WaveId WAVE = new WaveId("shop", "main");
  static final TableId ID = new TableId("shop", "items");
  static final EventPlace PLACE = new EventPlace(1, 1);
  static final RowType TYPE =
      new RowType(
          List.of(
              new RowType.Column("id", ColumnEncoding.INT32),
              new RowType.Column("note", ColumnEncoding.TEXT)));
  static final RowType STAMP =
      new RowType(
          List.of(
              new RowType.Column("migration", ColumnEncoding.TEXT),
              new RowType.Column("wave", ColumnEncoding.TEXT),
              new RowType.Column("transaction_number", ColumnEncoding.INT64)));
  static final RowType RECORD =
      new RowType(
          List.of(
              new RowType.Column("migration", ColumnEncoding.TEXT),
              new RowType.Column("wave", ColumnEncoding.TEXT),
              new RowType.Column("table_schema", ColumnEncoding.TEXT),
              new RowType.Column("table_name", ColumnEncoding.TEXT)));

  private ItemEvents() {}

  /** A whole transaction. */
  static void transaction(TopicSink sink, long number, ChangeEvent... events) {
    sink.read(new TransactionBegin(new EventPlace(number, 0), "" + number));
    for (ChangeEvent event : events) {
      sink.read(event);
    }
    sink.read(
        new TransactionEnd(
            new EventPlace(number, events.length + 1),
            "" + number,
            Position.parse("0/" + number),
            events.length,
            Instant.EPOCH));
  }

  static RowInserted insert(int id, String note) {
    return new RowInserted(PLACE, ID, row(id, note));
  }

  static RowUpdated update(@Nullable Integer before, int id, Object note) {
    return new RowUpdated(PLACE, ID, before == null ? null : row(before, null), row(id, note));
  }

  static RowDeleted delete(int id) {
    return new RowDeleted(PLACE, ID, row(id, null));
  }

  static RowUpdated stamp(long transaction) {
    return new RowUpdated(
        PLACE,
        new TableId("veer", "stamp"),
        null,
        new RowImage(STAMP, new @Nullable Object[] {"shop", "main", transaction}));
  }

  static RowInserted record(String name) {
    return new RowInserted(
        PLACE,
        new TableId("veer", name),
        new RowImage(RECORD, new @Nullable Object[] {"shop", "main", "shop", "items"}));
  }

  static RowImage row(int id, @Nullable Object note) {
    return new RowImage(TYPE, new @Nullable Object[] {id, note});
  }

  static BlamedTable table() {
    TableFacts facts = new TableFacts(false, List.of(), List.of("id"), 1, true);
    return new BlamedTable(
        new ScanTable(
            ID,
            List.of("id", "note"),
            List.of(),
            Map.of(),
            List.of(new KeyColumn("id", "integer", "integer", false, "integer")),
            true,
            1,
            true,
            false,
            false),
        facts,
        facts,
        List.of("id"),
        false,
        PostgresSnapshot.parse("5:5:", Position.parse("0/4")),
        Set.of(),
        Set.of(),
        List.of());
  }
}
