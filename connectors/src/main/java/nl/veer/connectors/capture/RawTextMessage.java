package nl.veer.connectors.capture;

import io.debezium.connector.postgresql.PostgresStreamingChangeEventSource.PgConnectionSupplier;
import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.connection.ReplicationMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/** A row change whose columns give {@link RawText}. */
record RawTextMessage(
    ReplicationMessage message,
    @Nullable List<Column> oldColumns,
    @Nullable List<Column> newColumns)
    implements ReplicationMessage {

  static ReplicationMessage of(ReplicationMessage message) {
    return switch (message.getOperation()) {
      case INSERT, UPDATE, DELETE -> {
        if (message.isSkippedMessage()) {
          throw skipped();
        }
        yield new RawTextMessage(
            message, raw(message.getOldTupleList()), raw(message.getNewTupleList()));
      }
      default -> message;
    };
  }

  /** Debezium leaves a change out whose table its filter does not know; it would go missing. */
  private static Failure skipped() {
    return new Failure(
        FailureKind.SOURCE_DATA,
        "TABLE_REPLACED",
        "The source sends changes of a table that is not the wave's: a table was renamed, swapped"
            + " or published. Undo that, and load anew: veer load --again.");
  }

  private static @Nullable List<Column> raw(@Nullable List<Column> columns) {
    if (columns == null) {
      return null;
    }
    List<Column> raw = new ArrayList<>(columns.size());
    for (Column column : columns) {
      raw.add(new RawColumn(column));
    }
    return raw;
  }

  @Override
  public Operation getOperation() {
    return message.getOperation();
  }

  @Override
  public Instant getCommitTime() {
    return message.getCommitTime();
  }

  @Override
  public OptionalLong getTransactionId() {
    return message.getTransactionId();
  }

  @Override
  public String getTable() {
    return message.getTable();
  }

  @Override
  public @Nullable List<Column> getOldTupleList() {
    return oldColumns;
  }

  @Override
  public @Nullable List<Column> getNewTupleList() {
    return newColumns;
  }

  @Override
  public boolean isLastEventForLsn() {
    return message.isLastEventForLsn();
  }

  @Override
  public boolean shouldSchemaBeSynchronized() {
    return message.shouldSchemaBeSynchronized();
  }

  private record RawColumn(Column column) implements Column {

    @Override
    public String getName() {
      return column.getName();
    }

    @Override
    public PostgresType getType() {
      return column.getType();
    }

    @Override
    public ColumnTypeMetadata getTypeMetadata() {
      return column.getTypeMetadata();
    }

    @Override
    public @Nullable Object getValue(PgConnectionSupplier connection, boolean unknownTypes) {
      if (column.isToastedColumn()) {
        return column.getValue(connection, unknownTypes);
      }
      String text = SentText.of(column);
      return text == null ? null : new RawText(text);
    }

    @Override
    public boolean isOptional() {
      return column.isOptional();
    }

    @Override
    public boolean isToastedColumn() {
      return column.isToastedColumn();
    }
  }
}
