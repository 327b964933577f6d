package nl.veer.connectors.capture;

import io.debezium.connector.postgresql.PostgresStreamingChangeEventSource.PgConnectionSupplier;
import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.connection.ReplicationMessage;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * A block of rows as Debezium sees it: one row, with the block's number, inserted into a table that
 * no source can have, for PostgreSQL keeps schemas whose names begin with {@code pg_} to itself. So
 * Debezium places it in its transaction, fills in its source and counts it like any change.
 *
 * @param committed when its transaction was
 * @param transaction the source's number of it
 */
record BlockMessage(long number, Instant committed, OptionalLong transaction)
    implements ReplicationMessage {
  static final nl.veer.connectors.event.TableId TABLE =
      new nl.veer.connectors.event.TableId("pg_veer", "rows");

  private static final TableId DEBEZIUM_TABLE = new TableId(null, TABLE.schema(), TABLE.name());
  private static final String NUMBER = "block";
  private static final int INT8 = 20;

  /** An oid that no relation has. */
  static final int RELATION = 0;

  /** The table, for Debezium's schema. */
  static Table table() {
    return Table.editor()
        .tableId(DEBEZIUM_TABLE)
        .addColumns(
            io.debezium.relational.Column.editor()
                .name(NUMBER)
                .type("int8")
                .jdbcType(Types.BIGINT)
                .nativeType(INT8)
                .optional(true)
                .create())
        .create();
  }

  /** The number of the block that this envelope carries; 0 if it carries none. */
  static long numberIn(Struct envelope) {
    if (envelope.schema().field("after") == null) {
      return 0;
    }
    Struct source = envelope.getStruct("source");
    return source.getString("schema").equals(TABLE.schema())
            && source.getString("table").equals(TABLE.name())
        ? envelope.getStruct("after").getInt64(NUMBER)
        : 0;
  }

  static TableId debeziumTable() {
    return DEBEZIUM_TABLE;
  }

  @Override
  public Operation getOperation() {
    return Operation.INSERT;
  }

  @Override
  public Instant getCommitTime() {
    return committed;
  }

  @Override
  public OptionalLong getTransactionId() {
    return transaction;
  }

  @Override
  public String getTable() {
    return DEBEZIUM_TABLE.toDoubleQuotedString();
  }

  @Override
  public @Nullable List<ReplicationMessage.Column> getOldTupleList() {
    return null;
  }

  @Override
  public List<ReplicationMessage.Column> getNewTupleList() {
    return List.of(new NumberColumn(number));
  }

  @Override
  public boolean isLastEventForLsn() {
    return true;
  }

  @Override
  public boolean shouldSchemaBeSynchronized() {
    return false;
  }

  private record NumberColumn(long number) implements ReplicationMessage.Column {

    @Override
    public String getName() {
      return NUMBER;
    }

    @Override
    public PostgresType getType() {
      return PostgresType.UNKNOWN;
    }

    @Override
    public ColumnTypeMetadata getTypeMetadata() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Object getValue(PgConnectionSupplier connection, boolean unknownTypes) {
      return number;
    }

    @Override
    public boolean isOptional() {
      return true;
    }
  }
}
