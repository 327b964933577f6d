package nl.veer.connectors.event.codec;

import java.util.List;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a table are written, as the table was announced last: without a {@code Struct} of
 * them, in the very bytes that one would give. Immutable; compared by identity.
 */
public final class RowLayout {
  private final TableId table;
  private final Schema envelope;
  private final byte[] schemaName;
  private final byte[] tableName;
  private final StructEncoder.FieldWriter[] columns;

  /** The values of a row, by column. */
  @FunctionalInterface
  public interface Values {

    /** The value as the column's Connect schema has it; null for NULL. */
    @Nullable Object at(int column);
  }

  private RowLayout(TableId table, Schema envelope, StructEncoder.FieldWriter[] columns) {
    this.table = table;
    this.envelope = envelope;
    this.columns = columns;
    this.schemaName = AvroOutput.stringBytes(table.schema());
    this.tableName = AvroOutput.stringBytes(table.name());
  }

  /**
   * @param envelope of the table
   * @param carrier envelope of what carries the table's blocks
   * @throws Failure BUG if the rows do not stand in front, or not the same stands behind them
   */
  public static RowLayout of(TableId table, Schema envelope, Schema carrier) {
    List<Field> fields = envelope.fields();
    if (!fields.get(0).name().equals("before")
        || !fields.get(1).name().equals("after")
        || !EnvelopeTail.isSame(envelope, carrier)) {
      throw new Failure(
          FailureKind.BUG,
          "DEBEZIUM_ENVELOPE",
          "This version of Debezium makes envelopes that Veer does not know.");
    }
    List<Field> columns = fields.get(1).schema().fields();
    StructEncoder.FieldWriter[] writers = new StructEncoder.FieldWriter[columns.size()];
    for (int i = 0; i < writers.length; i++) {
      writers[i] = StructEncoder.FieldWriter.of(columns.get(i));
    }
    return new RowLayout(table, envelope, writers);
  }

  public TableId table() {
    return table;
  }

  Schema envelope() {
    return envelope;
  }

  /** The table's schema as an Avro string. */
  byte[] schemaName() {
    return schemaName;
  }

  /** The table's name as an Avro string. */
  byte[] tableName() {
    return tableName;
  }

  void write(Values values, AvroOutput out) {
    for (int i = 0; i < columns.length; i++) {
      columns[i].write(values.at(i), out);
    }
  }
}
