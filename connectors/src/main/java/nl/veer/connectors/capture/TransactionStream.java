package nl.veer.connectors.capture;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.codec.EventEncoder;
import nl.veer.connectors.event.codec.LogHeaders;
import nl.veer.connectors.event.codec.RecordKind;
import nl.veer.connectors.event.codec.RowBlock;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns Debezium's records, in their order, into the log's: numbers the transactions from the log's
 * tail on without gaps, numbers the changes in each, leaves out transactions that have none, and
 * checks its own count of what came against Debezium's, for which a block of rows is one. Keeps
 * nothing per change. Owned by the engine's one polling thread.
 */
final class TransactionStream {
  /** Takes the log's records, in order. */
  @FunctionalInterface
  interface Log {
    void append(byte[] value, Headers headers);
  }

  private final Set<TableId> tables;
  private final EventEncoder encoder;
  private final Placeholder placeholder;
  private final RecordBound bound;
  private final Log log;

  private long lastTransaction;
  private @Nullable Position lastPosition;
  private @Nullable Instant lastCommittedAt;
  private long transactions;
  private long changes;
  private long appended;

  private @Nullable Struct begin;
  private final Map<TableId, Long> orders = new HashMap<>();
  private long order;
  private long sourceCount;

  /**
   * @param tail number and position of the last transaction that the log holds whole; position null
   *     if there is none
   * @param tables the wave's; a change of another is refused
   */
  TransactionStream(
      long lastTransaction,
      @Nullable Position lastPosition,
      Set<TableId> tables,
      EventEncoder encoder,
      Placeholder placeholder,
      RecordBound bound,
      Log log) {
    this.lastTransaction = lastTransaction;
    this.lastPosition = lastPosition;
    this.tables = Set.copyOf(tables);
    this.encoder = encoder;
    this.placeholder = placeholder;
    this.bound = bound;
    this.log = log;
  }

  long lastTransaction() {
    return lastTransaction;
  }

  @Nullable Position lastPosition() {
    return lastPosition;
  }

  /** When the source committed the last one, by its clock; null before the first of this start. */
  @Nullable Instant lastCommittedAt() {
    return lastCommittedAt;
  }

  long transactions() {
    return transactions;
  }

  long changes() {
    return changes;
  }

  /** Records of the log, of whatever kind. */
  long appended() {
    return appended;
  }

  /**
   * Takes the next record, which is no block of rows; tells whether it completed a transaction of
   * the log.
   */
  boolean accept(SourceRecord record) {
    if (!(record.value() instanceof Struct value)) {
      throw unexpected("a record without a value");
    }
    if (value.schema().field("status") != null) {
      return value.getString("status").equals("BEGIN") ? begin(value) : end(value, record);
    }
    if (begin == null) {
      throw unexpected("a change outside a transaction");
    }
    sourceCount++;
    if (value.schema().field("message") != null) {
      message(value);
    } else {
      truncate(value);
    }
    return false;
  }

  /** Takes the next record, which is that of a block of rows; it completes no transaction. */
  boolean accept(SourceRecord record, RowBlock rows) {
    if (begin == null) {
      throw unexpected("rows outside a transaction");
    }
    sourceCount++;
    encoder.block(rows, (Struct) record.value());
    for (int row = 0; row < rows.rows(); row++) {
      TableId table = requireKnown(rows.layout(row).table());
      byte[] encoded = encoder.row(row, order + 1, nextOf(table));
      bound.require(table, encoded.length);
      appendChange(rows.kind(row), encoded, rows.lacksValues(row) ? placeholder : null);
    }
    encoder.endBlock();
    return false;
  }

  private boolean begin(Struct value) {
    if (begin != null) {
      throw unexpected("a BEGIN inside a transaction");
    }
    begin = value;
    order = 0;
    orders.clear();
    sourceCount = 0;
    return false;
  }

  private void message(Struct value) {
    String prefix = value.getStruct("message").getString("prefix");
    RecordKind kind = prefix.endsWith(".heartbeat") ? RecordKind.HEARTBEAT : RecordKind.MARKER;
    placeIn(value, 1);
    appendChange(kind, encoder.record(value), null);
  }

  private void truncate(Struct value) {
    if (!value.getString("op").equals("t")) {
      throw unexpected("a row outside a block");
    }
    Struct source = value.getStruct("source");
    TableId table =
        requireKnown(new TableId(source.getString("schema"), source.getString("table")));
    placeIn(value, nextOf(table));
    appendChange(RecordKind.TRUNCATE, encoder.envelope(value, table), null);
  }

  private TableId requireKnown(TableId table) {
    if (!tables.contains(table)) {
      throw new Failure(
          FailureKind.SOURCE_DATA,
          "TABLE_REPLACED",
          "The source sends changes of table "
              + table
              + ", which is not the wave's. Take it out of the publication.");
    }
    return table;
  }

  private long nextOf(TableId table) {
    return orders.merge(table, 1L, Long::sum);
  }

  /** Debezium has counted blocks where the log counts rows. */
  private void placeIn(Struct value, long tableOrder) {
    Struct transaction = value.getStruct("transaction");
    if (transaction != null) {
      transaction.put("total_order", order + 1).put("data_collection_order", tableOrder);
    }
  }

  private Headers headers(RecordKind kind, long place, byte[] fingerprint) {
    Headers headers = LogHeaders.event(kind, new EventPlace(lastTransaction + 1, place));
    LogHeaders.withSchema(headers, fingerprint);
    return headers;
  }

  private void appendChange(RecordKind kind, byte[] value, @Nullable Placeholder absent) {
    byte[] fingerprint = encoder.fingerprint();
    if (order == 0) {
      byte[] first = encoder.record(Objects.requireNonNull(begin));
      append(first, headers(RecordKind.BEGIN, 0, encoder.fingerprint()));
    }
    order++;
    Headers headers = headers(kind, order, fingerprint);
    if (absent != null) {
      LogHeaders.withAbsent(headers, absent.bytes());
    }
    append(value, headers);
    changes++;
  }

  private void append(byte[] value, Headers headers) {
    log.append(value, headers);
    appended++;
  }

  private boolean end(Struct value, SourceRecord record) {
    if (begin == null) {
      throw unexpected("an END without its BEGIN");
    }
    if (value.getInt64("event_count") != sourceCount) {
      throw unexpected(
          "an END that counts " + value.getInt64("event_count") + " changes after " + sourceCount);
    }
    begin = null;
    Position position = SentEnd.position(record);
    if (order == 0 || isRepeated(position)) {
      return false;
    }
    byte[] encoded = encoder.record(counted(value));
    Headers headers = headers(RecordKind.END, order + 1, encoder.fingerprint());
    LogHeaders.withPosition(headers, position);
    LogHeaders.withWitness(headers, SentEnd.witness(value));
    append(encoded, headers);
    lastTransaction++;
    lastPosition = position;
    lastCommittedAt = Instant.ofEpochMilli(value.getInt64("ts_ms"));
    transactions++;
    return true;
  }

  /** The log holds it already; what was appended of it is superseded by the next BEGIN. */
  private boolean isRepeated(Position position) {
    return lastPosition != null && !position.isAfter(lastPosition);
  }

  /** The END with the log's own counts. */
  private Struct counted(Struct value) {
    Schema counts = value.schema().field("data_collections").schema().valueSchema();
    List<Struct> tableCounts = new ArrayList<>();
    orders.forEach(
        (table, count) ->
            tableCounts.add(
                new Struct(counts)
                    .put("data_collection", table.toString())
                    .put("event_count", count)));
    return value.put("event_count", order).put("data_collections", tableCounts);
  }

  static Failure unexpected(String what) {
    return new Failure(
        FailureKind.BUG,
        "ENGINE_ORDER",
        "Debezium has sent "
            + what
            + ". The transaction is not completed in the log. Report this.");
  }
}
