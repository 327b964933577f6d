package nl.veer.connectors.event.codec;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.codec.SchemaIds.SchemaIncompatible;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Writes what Debezium emits in the Confluent wire format: a zero byte, the schema's id as four
 * bytes big-endian, Avro binary. A schema is registered when its first record comes.
 *
 * <p>All columns are optional with null as their default, whatever the table says, because a delete
 * has only its key. So adding and dropping columns is compatible both ways under any registry mode.
 * A change that is not (another type) gets a namespace of its own, {@code …v2}, {@code …v3}: a
 * change on the source must not be stopped by a rule about other readers, and they see a new name.
 *
 * <p>Owned by one thread.
 */
public final class EventEncoder {
  private static final int MOST_GENERATIONS = 1_000;

  /** The zero byte and the schema's id. */
  private static final int PREFIX_BYTES = 5;

  private final String namespace;
  private final SchemaIds ids;

  /**
   * Debezium makes a new schema whenever a table is announced anew, after each TRUNCATE for one; so
   * only the last one of a table is kept.
   */
  private final Map<TableId, Compiled> envelopes = new HashMap<>();

  private final Map<String, Compiled> records = new HashMap<>();
  private final AvroOutput out = new AvroOutput();
  private byte[] fingerprint = {};

  private @Nullable EnvelopeTail tail;
  private @Nullable Rows rows;

  @SuppressWarnings("ArrayRecordComponent") // Never compared; handed out as it is, per record.
  private record Compiled(Schema schema, int id, byte[] fingerprint, StructEncoder encoder) {}

  /** The block that is being encoded. */
  private static final class Rows {
    private final RowBlock block;
    private final EnvelopeTail.Template tail;
    private @Nullable RowLayout layout;
    private @Nullable Compiled compiled;

    Rows(RowBlock block, EnvelopeTail.Template tail) {
      this.block = block;
      this.tail = tail;
    }
  }

  public EventEncoder(LogId log, SchemaIds ids) {
    this.namespace = AvroNames.namespace(log);
    this.ids = ids;
  }

  /** Encodes a table's envelope. */
  public byte[] envelope(Struct value, TableId table) {
    return encode(value, compiled(value.schema(), table));
  }

  private Compiled compiled(Schema schema, TableId table) {
    Compiled known = envelopes.get(table);
    if (known == null || known.schema() != schema) {
      known = compileEnvelope(schema, table);
      envelopes.put(table, known);
    }
    return known;
  }

  /**
   * Begins with the rows of a block.
   *
   * @param carrier the envelope that Debezium has made for the block; its rows are not looked at
   */
  public void block(RowBlock block, Struct carrier) {
    if (tail == null || !tail.isOf(carrier.schema())) {
      tail = EnvelopeTail.compile(carrier.schema());
    }
    rows = new Rows(block, tail.of(carrier));
  }

  /**
   * Encodes a row of the block as its table's envelope.
   *
   * @param order of the change in its transaction, from 1 on
   * @param tableOrder of the change among those of its table in the transaction, from 1 on
   */
  public byte[] row(int row, long order, long tableOrder) {
    Rows current = Objects.requireNonNull(rows, "no block");
    Compiled compiled = compiled(current, current.block.layout(row));
    out.reset();
    current.tail.write(current.block, row, order, tableOrder, out);
    int images = current.block.imageBytes(row);
    byte[] record = new byte[PREFIX_BYTES + images + out.length()];
    writePrefix(compiled.id(), record);
    current.block.copyImages(row, record, PREFIX_BYTES);
    out.copy(0, out.length(), record, PREFIX_BYTES + images);
    fingerprint = compiled.fingerprint();
    return record;
  }

  /** Lets go of the block, which may be a large part of the heap. */
  public void endBlock() {
    rows = null;
  }

  private Compiled compiled(Rows current, RowLayout layout) {
    Compiled known = current.compiled;
    if (known == null || current.layout != layout) {
      known = compiled(layout.envelope(), layout.table());
      current.compiled = known;
      current.layout = layout;
    }
    return known;
  }

  private static void writePrefix(int id, byte[] record) {
    record[1] = (byte) (id >>> 24);
    record[2] = (byte) (id >>> 16);
    record[3] = (byte) (id >>> 8);
    record[4] = (byte) id;
  }

  /** Encodes a struct that belongs to no table: BEGIN, END, logical messages. */
  public byte[] record(Struct value) {
    Compiled known = records.get(value.schema().name());
    if (known == null || known.schema() != value.schema()) {
      known = compileRecord(value.schema());
      records.put(value.schema().name(), known);
    }
    return encode(value, known);
  }

  private byte[] encode(Struct value, Compiled compiled) {
    out.reset();
    out.writeByte(0);
    out.writeFixedInt(compiled.id());
    compiled.encoder().write(value, out);
    fingerprint = compiled.fingerprint();
    return out.toBytes();
  }

  /**
   * The fingerprint of the schema of the record that was encoded last, for its header. Not to be
   * changed.
   */
  public byte[] fingerprint() {
    return fingerprint;
  }

  private Compiled compileRecord(Schema schema) {
    try {
      return compile(schema, ConnectToAvro.schema(schema));
    } catch (SchemaIncompatible e) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "REGISTRY_INCOMPATIBLE",
          "The schema registry refuses the schema "
              + schema.name()
              + ": it holds another version of it. Use a registry of its own for this log, or"
              + " delete that subject.",
          e);
    }
  }

  private Compiled compileEnvelope(Schema schema, TableId table) {
    String base =
        namespace + "." + AvroNames.escape(table.schema()) + "." + AvroNames.escape(table.name());
    for (int generation = 1; generation <= MOST_GENERATIONS; generation++) {
      String name = generation == 1 ? base : base + ".v" + generation;
      try {
        return compile(schema, ConnectToAvro.envelope(schema, table, name));
      } catch (SchemaIncompatible e) {
        // The next generation is a name of its own.
      }
    }
    throw new Failure(
        FailureKind.CONFIGURATION,
        "REGISTRY_INCOMPATIBLE",
        "The schema registry refuses every schema of table " + table + ". Look at its rules.");
  }

  private Compiled compile(Schema schema, org.apache.avro.Schema written)
      throws SchemaIncompatible {
    int id = ids.idOf(written);
    return new Compiled(schema, id, SchemaFingerprint.of(written), StructEncoder.compile(schema));
  }
}
