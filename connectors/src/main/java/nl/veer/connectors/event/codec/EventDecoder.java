package nl.veer.connectors.event.codec;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.Heartbeat;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.Marker;
import nl.veer.connectors.event.RowDeleted;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.event.TableTruncated;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.event.codec.EnvelopeReader.Envelope;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log's records as events. What cannot be read is a {@link Failure} with the record's
 * offset, never skipped. Keeps what it compiled per schema id: a log has few of them. Owned by one
 * thread.
 */
public final class EventDecoder {
  private static final String MARKER = ".marker.";

  /** The year 10000: every database can keep what is before it. */
  private static final long LATEST_COMMIT = 253_402_300_800_000L;

  private final SchemaIds ids;
  private final String topic;
  private final Map<Integer, EnvelopeReader> envelopes = new HashMap<>();
  private final Map<Integer, Schema> records = new HashMap<>();
  private final Map<Integer, byte[]> fingerprints = new HashMap<>();

  /**
   * @param topic for the failures' messages
   */
  public EventDecoder(SchemaIds ids, String topic) {
    this.ids = ids;
    this.topic = topic;
  }

  /**
   * Decodes a record that is not an {@link RecordKind#ORIGIN}.
   *
   * @param offset of the record, for the failure's message
   * @throws Failure SOURCE_DATA if the record is corrupt; whatever the registry's failure is
   */
  public LogEvent decode(long offset, byte @Nullable [] value, Headers headers) {
    LogEvent event = decodeEvent(offset, value, headers);
    if (event == null) {
      throw corrupt(topic, offset, new AvroInput.Corrupt("an origin where an event is due"));
    }
    return event;
  }

  /** The same of any record; null for an {@link RecordKind#ORIGIN}. */
  public @Nullable LogEvent decodeEvent(long offset, byte @Nullable [] value, Headers headers) {
    try {
      EventHeaders read = new EventHeaders(headers);
      RecordKind kind = read.kind();
      if (kind == RecordKind.ORIGIN) {
        return null;
      }
      if (value == null) {
        throw new AvroInput.Corrupt("no value");
      }
      return checked(kind, value, read);
    } catch (AvroInput.Corrupt e) {
      throw corrupt(topic, offset, e);
    } catch (Failure registry) {
      throw new Failure(
          registry.kind(),
          registry.code(),
          "Record " + offset + " of log " + topic + " was not decoded. " + registry.getMessage(),
          registry);
    }
  }

  /**
   * Whether this record is an event; ORIGIN is not.
   *
   * @throws Failure SOURCE_DATA if the record does not say
   */
  public static boolean isEvent(Headers headers, String topic, long offset) {
    return reading(topic, offset, () -> LogHeaders.kind(headers) != RecordKind.ORIGIN);
  }

  /**
   * Reads something of a record's headers.
   *
   * @throws Failure SOURCE_DATA with the record's offset, if it cannot be read
   */
  public static <T> T reading(String topic, long offset, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (AvroInput.Corrupt e) {
      throw corrupt(topic, offset, e);
    }
  }

  private static Failure corrupt(String topic, long offset, AvroInput.Corrupt cause) {
    return new Failure(
        FailureKind.SOURCE_DATA,
        "RECORD_CORRUPT",
        "Record %d of log %s cannot be decoded: it has %s. It was not written by Veer, or was"
                .formatted(offset, topic, cause.getMessage())
            + " damaged. Restore the topic, or load anew with veer load --again.",
        cause);
  }

  private LogEvent checked(RecordKind kind, byte[] value, EventHeaders headers) {
    EventPlace place = headers.place();
    AvroInput in = new AvroInput(value, 0);
    int id = schemaId(in);
    requireSchema(id, headers);
    return switch (kind) {
      case INSERT, UPDATE, DELETE, TRUNCATE -> change(kind, place, id, in, headers);
      case BEGIN, END, MARKER, HEARTBEAT -> record(kind, place, id, in, headers);
      case ORIGIN -> throw new AvroInput.Corrupt("an origin where an event is due");
    };
  }

  /** A registry that was emptied or restored may have given the id to another schema. */
  private void requireSchema(int id, EventHeaders headers) {
    byte[] written = headers.schema();
    byte[] known = fingerprints.get(id);
    if (known == null) {
      known = SchemaFingerprint.of(schema(id));
      fingerprints.put(id, known);
    }
    if (!Arrays.equals(known, written)) {
      throw new Failure(
          FailureKind.SOURCE_DATA,
          "SCHEMA_REPLACED",
          "It was written with another schema than the one that the registry has as "
              + id
              + " now: the registry was emptied or restored to an earlier state. Restore it as it"
              + " was, or load anew with veer load --again.");
    }
  }

  private Schema schema(int id) {
    return SchemaBounds.require(ids.byId(id));
  }

  private static int schemaId(AvroInput in) {
    if (in.readByte() != 0) {
      throw new AvroInput.Corrupt("another first byte than the Confluent wire format's");
    }
    int id = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      id = id << 8 | (in.readByte() & 0xFF);
    }
    return id;
  }

  private LogEvent change(
      RecordKind kind, EventPlace place, int id, AvroInput in, EventHeaders headers) {
    EnvelopeReader reader = envelopes.get(id);
    if (reader == null) {
      reader = EnvelopeReader.compile(schema(id));
      envelopes.put(id, reader);
    }
    Envelope envelope = reader.read(in, headers.absent());
    return switch (kind) {
      case INSERT -> {
        requireOperation("c", envelope);
        yield new RowInserted(place, reader.table(), require(envelope.after));
      }
      case UPDATE -> {
        requireOperation("u", envelope);
        yield new RowUpdated(place, reader.table(), envelope.before, require(envelope.after));
      }
      case DELETE -> {
        requireOperation("d", envelope);
        yield new RowDeleted(place, reader.table(), require(envelope.before));
      }
      default -> {
        requireOperation("t", envelope);
        yield new TableTruncated(place, reader.table());
      }
    };
  }

  private LogEvent record(
      RecordKind kind, EventPlace place, int id, AvroInput in, EventHeaders headers) {
    Schema schema = records.get(id);
    if (schema == null) {
      schema = schema(id);
      records.put(id, schema);
    }
    Map<String, Object> fields = FieldReader.read(schema, in);
    return switch (kind) {
      case BEGIN -> new TransactionBegin(place, xid(fields));
      case END ->
          new TransactionEnd(
              place,
              xid(fields),
              headers.position(),
              FieldReader.number(fields, "event_count"),
              committedAt(FieldReader.number(fields, "ts_ms")));
      case HEARTBEAT -> new Heartbeat(place, instant(content(fields)));
      default -> new Marker(place, markerKind(fields), content(fields));
    };
  }

  private static Instant committedAt(long epochMillis) {
    if (epochMillis < 0 || epochMillis > LATEST_COMMIT) {
      throw new AvroInput.Corrupt("a time of its commit that no clock shows");
    }
    return Instant.ofEpochMilli(epochMillis);
  }

  /** Debezium writes {@code xid:lsn}. */
  private static String xid(Map<String, Object> fields) {
    String id = FieldReader.text(fields, "id");
    int colon = id.indexOf(':');
    return colon < 0 ? id : id.substring(0, colon);
  }

  private static String content(Map<String, Object> fields) {
    return new String(FieldReader.bytes(fields, "message.content"), StandardCharsets.UTF_8);
  }

  private static String markerKind(Map<String, Object> fields) {
    String prefix = FieldReader.text(fields, "message.prefix");
    int at = prefix.lastIndexOf(MARKER);
    if (at < 0) {
      throw new AvroInput.Corrupt("a marker without its kind");
    }
    return prefix.substring(at + MARKER.length());
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new AvroInput.Corrupt("a heartbeat without its time");
    }
  }

  private static void requireOperation(String expected, Envelope envelope) {
    if (!envelope.operation.equals(expected)) {
      throw new AvroInput.Corrupt("an operation that is not the one in its header");
    }
  }

  private static RowImage require(@Nullable RowImage image) {
    if (image == null) {
      throw new AvroInput.Corrupt("a change without its row");
    }
    return image;
  }
}
