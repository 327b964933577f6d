package nl.veer.connectors.capture;

import io.debezium.connector.postgresql.connection.ReplicationMessage.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableSchema;
import java.util.List;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.codec.RowBlock;
import nl.veer.connectors.event.codec.RowLayout;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.kafka.connect.data.Field;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns of a table's rows, as the table was announced last: the text that the server
 * sent becomes what the column's {@link ColumnEncoding} says. Debezium would read an interval, a
 * timetz or a money first, and lose what its Java type does not hold. Owned by Debezium's reading
 * thread.
 */
final class RowReader implements RowLayout.Values {
  private final io.debezium.relational.TableId debeziumTable;
  private final TableSchema announced;
  private final RowLayout layout;
  private final ColumnEncoding[] encodings;
  private final Placeholder placeholder;

  private List<Column> row = List.of();
  private @Nullable List<Column> earlier;
  private boolean lacksValues;

  private RowReader(
      Table table,
      TableSchema announced,
      RowLayout layout,
      ColumnEncoding[] encodings,
      Placeholder placeholder) {
    this.debeziumTable = table.id();
    this.announced = announced;
    this.layout = layout;
    this.encodings = encodings;
    this.placeholder = placeholder;
  }

  static RowReader of(
      Table table, TableSchema announced, TableSchema carrier, Placeholder placeholder) {
    List<Field> fields = announced.valueSchema().fields();
    ColumnEncoding[] encodings = new ColumnEncoding[table.columns().size()];
    if (fields.size() != encodings.length) {
      throw unknownColumns();
    }
    for (int i = 0; i < encodings.length; i++) {
      io.debezium.relational.Column column = table.columns().get(i);
      if (!fields.get(i).name().equals(column.name())) {
        throw unknownColumns();
      }
      encodings[i] = ColumnEncodings.ofType(column.nativeType());
    }
    RowLayout layout =
        RowLayout.of(
            new TableId(table.id().schema(), table.id().table()),
            announced.getEnvelopeSchema().schema(),
            carrier.getEnvelopeSchema().schema());
    return new RowReader(table, announced, layout, encodings, placeholder);
  }

  private static Failure unknownColumns() {
    return new Failure(
        FailureKind.BUG,
        "DEBEZIUM_COLUMN",
        "This version of Debezium hands columns over in a way that Veer does not know.");
  }

  io.debezium.relational.TableId debeziumTable() {
    return debeziumTable;
  }

  RowLayout layout() {
    return layout;
  }

  boolean isOf(TableSchema schema) {
    return announced == schema;
  }

  /**
   * Reads an image of a row into a block.
   *
   * @param columns null if there is no such image
   * @param before the row before the change, which may have what this image does not repeat
   * @return whether the placeholder stands in it
   */
  boolean read(@Nullable List<Column> columns, @Nullable List<Column> before, RowBlock into) {
    if (columns == null) {
      into.noImage();
      return false;
    }
    if (columns.size() != encodings.length) {
      throw unknownColumns();
    }
    row = columns;
    earlier = before;
    lacksValues = false;
    into.image(layout, this);
    // The texts are not kept beside what was made of them.
    row = List.of();
    earlier = null;
    return lacksValues;
  }

  @Override
  public @Nullable Object at(int column) {
    Column sent = row.get(column);
    if (!sent.isToastedColumn()) {
      return value(column, sent);
    }
    if (earlier != null && !earlier.get(column).isToastedColumn()) {
      Object unchanged = value(column, earlier.get(column));
      if (unchanged != null) {
        return unchanged;
      }
    }
    lacksValues = true;
    return switch (encodings[column]) {
      case TEXT, DATABASE_TEXT, ZONED_TIMESTAMP -> placeholder.text();
      case BYTES -> placeholder.bytes();
      default ->
          throw unreadable(column, new IllegalStateException("TOASTed " + encodings[column]));
    };
  }

  private @Nullable Object value(int column, Column sent) {
    String text = SentText.of(sent);
    if (text == null) {
      return null;
    }
    try {
      return SentValues.read(encodings[column], text);
    } catch (RuntimeException e) {
      throw unreadable(column, e);
    }
  }

  private Failure unreadable(int column, RuntimeException cause) {
    return new Failure(
        FailureKind.SOURCE_DATA,
        "VALUE_UNREADABLE",
        "A value of column "
            + debeziumTable.schema()
            + "."
            + debeziumTable.table()
            + "."
            + row.get(column).getName()
            + " cannot be carried exactly ("
            + cause.getClass().getSimpleName()
            + "). Take the table out of the wave, or change the value and load anew.",
        EngineFailures.withoutMessage(cause));
  }
}
