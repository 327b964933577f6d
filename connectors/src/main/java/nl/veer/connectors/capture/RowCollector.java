package nl.veer.connectors.capture;

import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.ReplicationMessage;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import nl.veer.connectors.event.codec.RecordKind;
import nl.veer.connectors.event.codec.RowBlock;

/**
 * Collects the rows that Debezium's decoder has read into blocks. All that Debezium would do with
 * each of them (a name to be parsed and looked up, four structs, their validation, a summary for
 * JMX, a topic, an offset, a place in its queue) is done once for a block. Owned by Debezium's
 * reading thread.
 */
final class RowCollector {
  /** Enough to make the cost of a block small, little enough to keep the publisher busy. */
  private static final int MOST_ROWS = 2_048;

  private static final int MOST_BYTES = 256 << 10;

  /** How long rows wait for more of their transaction while the server sends none. */
  private static final Duration PATIENCE = Duration.ofMillis(5);

  private final PostgresSchema schema;
  private final Placeholder placeholder;
  private final RowBlocks blocks;
  private final Map<String, RowReader> readers = new HashMap<>();

  private RowBlock block = new RowBlock();
  private Instant committed = Instant.EPOCH;
  private OptionalLong transaction = OptionalLong.empty();
  private Lsn lastLsn = Lsn.INVALID_LSN;
  private long begun;

  RowCollector(PostgresSchema schema, Placeholder placeholder, RowBlocks blocks) {
    this.schema = schema;
    this.placeholder = placeholder;
    this.blocks = blocks;
  }

  void add(ReplicationMessage message, Lsn lsn) {
    if (isEmpty()) {
      begun = System.nanoTime();
    }
    RowReader reader = reader(message.getTable());
    List<ReplicationMessage.Column> before = message.getOldTupleList();
    List<ReplicationMessage.Column> after = message.getNewTupleList();
    RecordKind kind =
        switch (message.getOperation()) {
          case INSERT -> RecordKind.INSERT;
          case UPDATE -> RecordKind.UPDATE;
          case DELETE -> RecordKind.DELETE;
          default -> throw TransactionStream.unexpected("a row with " + message.getOperation());
        };
    boolean lacksValues = reader.read(before, null, block);
    lacksValues |= reader.read(after, before, block);
    block.end(reader.layout(), kind, lsn.asLong(), lacksValues);
    committed = message.getCommitTime();
    transaction = message.getTransactionId();
    lastLsn = lsn;
  }

  boolean isEmpty() {
    return block.rows() == 0;
  }

  boolean isFull() {
    return block.rows() >= MOST_ROWS || block.imageBytes() >= MOST_BYTES;
  }

  /** Whether the rows have waited long enough. */
  boolean isOverdue() {
    return !isEmpty() && System.nanoTime() - begun > PATIENCE.toNanos();
  }

  /** The LSN of the last row. */
  Lsn lastLsn() {
    return lastLsn;
  }

  /** Hands the block over; waits for room. */
  BlockMessage handOver() throws InterruptedException {
    RowBlock full = block;
    // Not kept while it waits: a single row may be a large part of the heap.
    block = new RowBlock();
    return new BlockMessage(blocks.put(full), committed, transaction);
  }

  private RowReader reader(String name) {
    RowReader known = readers.get(name);
    TableId table = known == null ? TableId.parse(name, false) : known.debeziumTable();
    TableSchema announced = schema.schemaFor(table);
    if (announced == null) {
      throw TransactionStream.unexpected("a row of a table that was not announced");
    }
    if (known == null || !known.isOf(announced)) {
      known = RowReader.of(schema.tableFor(table), announced, carrier(), placeholder);
      readers.put(name, known);
    }
    return known;
  }

  private TableSchema carrier() {
    if (schema.schemaFor(BlockMessage.debeziumTable()) == null) {
      schema.applySchemaChangesForTable(BlockMessage.RELATION, BlockMessage.table());
    }
    return schema.schemaFor(BlockMessage.debeziumTable());
  }
}
