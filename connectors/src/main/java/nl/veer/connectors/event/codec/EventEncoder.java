package nl.veer.connectors.event.codec;

import java.util.IdentityHashMap;
import java.util.Map;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.event.codec.SchemaIds.SchemaIncompatible;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

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
  /** Debezium makes new schemas whenever a table is announced anew; the old ones are let go. */
  private static final int MOST_SCHEMAS = 10_000;

  private static final int MOST_GENERATIONS = 1_000;

  private final String namespace;
  private final SchemaIds ids;
  private final Map<Schema, Compiled> compiled = new IdentityHashMap<>();
  private final AvroOutput out = new AvroOutput();
  private byte[] fingerprint = {};

  @SuppressWarnings("ArrayRecordComponent") // Never compared; handed out as it is, per record.
  private record Compiled(int id, byte[] fingerprint, StructEncoder encoder) {}

  public EventEncoder(WaveId wave, SchemaIds ids) {
    this.namespace = wave.markerPrefix();
    this.ids = ids;
  }

  /** Encodes a table's envelope. */
  public byte[] envelope(Struct value, TableId table) {
    Compiled known = compiled.get(value.schema());
    return encode(value, known != null ? known : compileEnvelope(value.schema(), table));
  }

  /** Encodes a struct that belongs to no table: BEGIN, END, logical messages. */
  public byte[] record(Struct value) {
    Compiled known = compiled.get(value.schema());
    return encode(value, known != null ? known : compileRecord(value.schema()));
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
      return keep(schema, ConnectToAvro.schema(schema));
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
        return keep(schema, ConnectToAvro.envelope(schema, table, name));
      } catch (SchemaIncompatible e) {
        // The next generation is a name of its own.
      }
    }
    throw new Failure(
        FailureKind.CONFIGURATION,
        "REGISTRY_INCOMPATIBLE",
        "The schema registry refuses every schema of table " + table + ". Look at its rules.");
  }

  private Compiled keep(Schema schema, org.apache.avro.Schema written) throws SchemaIncompatible {
    int id = ids.idOf(written);
    if (compiled.size() >= MOST_SCHEMAS) {
      compiled.clear();
    }
    Compiled entry = new Compiled(id, SchemaFingerprint.of(written), StructEncoder.compile(schema));
    compiled.put(schema, entry);
    return entry;
  }
}
