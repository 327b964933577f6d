package nl.veer.connectors.capture;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.codec.EventEncoder;
import nl.veer.connectors.event.codec.LogHeaders;
import nl.veer.connectors.event.codec.RecordKind;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns Debezium's records, in their order, into the log's: numbers the transactions from the log's
 * tail on without gaps, numbers the changes in each, leaves out transactions that have none, and
 * checks its own count against the source's. Keeps nothing per change but the one delete that is
 * half of a key change. Owned by the engine's one polling thread.
 *
 * <p>Debezium takes an update of a key apart into a delete and an insert; they are put together
 * again, because the insert lacks unchanged TOASTed columns. They are one change in the log's
 * counts.
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

  private @Nullable Struct begin;
  private @Nullable Struct deleteOfKeyChange;
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

  /** Takes the next record; tells whether it completed a transaction of the log. */
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
      change(value, record);
    }
    return false;
  }

  private boolean begin(Struct value) {
    if (begin != null) {
      throw unexpected("a BEGIN inside a transaction");
    }
    begin = value;
    order = 0;
    sourceCount = 0;
    return false;
  }

  private void message(Struct value) {
    String prefix = value.getStruct("message").getString("prefix");
    RecordKind kind = prefix.endsWith(".heartbeat") ? RecordKind.HEARTBEAT : RecordKind.MARKER;
    byte[] encoded = encoder.record(value);
    appendChange(kind, encoded, encoder.fingerprint(), null);
  }

  private void change(Struct value, SourceRecord record) {
    Struct source = value.getStruct("source");
    TableId table = new TableId(source.getString("schema"), source.getString("table"));
    if (!tables.contains(table)) {
      throw new Failure(
          FailureKind.SOURCE_DATA,
          "TABLE_REPLACED",
          "The source sends changes of table "
              + table
              + ", which is not the wave's. Take it out of the publication.");
    }
    RecordKind kind = kind(value.getString("op"));
    if (kind == RecordKind.DELETE && record.headers().lastWithName("__debezium.newkey") != null) {
      deleteOfKeyChange = value;
      return;
    }
    if (kind == RecordKind.INSERT && record.headers().lastWithName("__debezium.oldkey") != null) {
      Struct delete = Objects.requireNonNull(deleteOfKeyChange, "half of a key change");
      deleteOfKeyChange = null;
      appendRow(RecordKind.UPDATE, updateOf(delete, value), table);
      return;
    }
    appendRow(kind, value, table);
  }

  private void appendRow(RecordKind kind, Struct value, TableId table) {
    if (deleteOfKeyChange != null) {
      throw unexpected("half of a key change");
    }
    boolean absent = kind == RecordKind.UPDATE && placeholder.occursIn(value.getStruct("after"));
    byte[] encoded = encoder.envelope(value, table);
    bound.require(table, encoded.length);
    appendChange(kind, encoded, encoder.fingerprint(), absent ? placeholder : null);
  }

  private Headers headers(RecordKind kind, long place, byte[] fingerprint) {
    Headers headers = LogHeaders.event(kind, new EventPlace(lastTransaction + 1, place));
    LogHeaders.withSchema(headers, fingerprint);
    return headers;
  }

  private void appendChange(
      RecordKind kind, byte[] value, byte[] fingerprint, @Nullable Placeholder absent) {
    if (order == 0) {
      byte[] first = encoder.record(Objects.requireNonNull(begin));
      log.append(first, headers(RecordKind.BEGIN, 0, encoder.fingerprint()));
    }
    order++;
    Headers headers = headers(kind, order, fingerprint);
    if (absent != null) {
      LogHeaders.withAbsent(headers, absent.bytes());
    }
    log.append(value, headers);
    changes++;
  }

  private boolean end(Struct value, SourceRecord record) {
    if (begin == null || deleteOfKeyChange != null) {
      throw unexpected("an END without its BEGIN, or half of a key change");
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
    byte[] encoded = encoder.record(endOf(value, order));
    Headers headers = headers(RecordKind.END, order + 1, encoder.fingerprint());
    LogHeaders.withPosition(headers, position);
    LogHeaders.withWitness(headers, SentEnd.witness(value));
    log.append(encoded, headers);
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

  /** The END with the log's own count; Debezium's counts by table are left out if they differ. */
  private static Struct endOf(Struct value, long count) {
    if (value.getInt64("event_count") == count) {
      return value;
    }
    return copy(value).put("event_count", count).put("data_collections", null);
  }

  private static Struct updateOf(Struct delete, Struct insert) {
    return copy(insert).put("op", "u").put("before", delete.get("before"));
  }

  private static Struct copy(Struct value) {
    Struct copy = new Struct(value.schema());
    value.schema().fields().forEach(field -> copy.put(field, value.get(field)));
    return copy;
  }

  private static RecordKind kind(String operation) {
    return switch (operation) {
      case "c" -> RecordKind.INSERT;
      case "u" -> RecordKind.UPDATE;
      case "d" -> RecordKind.DELETE;
      case "t" -> RecordKind.TRUNCATE;
      default -> throw unexpected("an operation " + operation);
    };
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
