package nl.veer.connectors.event.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.Position;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The headers of the log's records, so that a reader can route, skip and check without decoding:
 *
 * <ul>
 *   <li>{@code veer.kind}: one ASCII character, see {@link RecordKind}
 *   <li>{@code veer.tx}: the transaction's number, int64 big-endian
 *   <li>{@code veer.order}: the order in the transaction, int64 big-endian
 *   <li>{@code veer.position}: on END, the commit position; on the second ORIGIN, where the slot
 *       began; UTF-8
 *   <li>{@code veer.absent}: the text that stands for unchanged TOASTed values in this record;
 *       UTF-8
 *   <li>{@code veer.schema}: on all but ORIGIN, the fingerprint of the schema that the value was
 *       written with, eight bytes
 *   <li>{@code veer.source}: on ORIGIN, who the source is; UTF-8
 *   <li>{@code veer.tables}: on the second ORIGIN, the wave's tables by their oids; UTF-8
 *   <li>{@code veer.witness}: on END, which of the source's transactions it was, by more than its
 *       position, so that a later start can tell whether the source still knows it; UTF-8
 * </ul>
 */
public final class LogHeaders {
  static final String KIND = "veer.kind";
  static final String TRANSACTION = "veer.tx";
  static final String ORDER = "veer.order";
  static final String POSITION = "veer.position";
  static final String ABSENT = "veer.absent";
  static final String SCHEMA = "veer.schema";
  private static final String SOURCE = "veer.source";
  private static final String TABLES = "veer.tables";
  private static final String WITNESS = "veer.witness";

  private LogHeaders() {}

  public static Headers event(RecordKind kind, EventPlace place) {
    Headers headers = new RecordHeaders();
    headers.add(KIND, new byte[] {kind.code()});
    headers.add(TRANSACTION, int64(place.transaction()));
    headers.add(ORDER, int64(place.order()));
    return headers;
  }

  /**
   * @param position null for the record that is written before the slot exists
   */
  public static Headers origin(String source, @Nullable Position position) {
    Headers headers = new RecordHeaders();
    headers.add(KIND, new byte[] {RecordKind.ORIGIN.code()});
    headers.add(SOURCE, text(source));
    if (position != null) {
      withPosition(headers, position);
    }
    return headers;
  }

  public static void withSchema(Headers headers, byte[] fingerprint) {
    headers.add(SCHEMA, fingerprint);
  }

  public static void withTables(Headers headers, String tables) {
    headers.add(TABLES, text(tables));
  }

  public static @Nullable String tables(Headers headers) {
    byte[] value = optional(headers, TABLES);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  public static void withWitness(Headers headers, String witness) {
    headers.add(WITNESS, text(witness));
  }

  public static @Nullable String witness(Headers headers) {
    byte[] value = optional(headers, WITNESS);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  public static void withPosition(Headers headers, Position position) {
    headers.add(POSITION, text(position.text()));
  }

  public static void withAbsent(Headers headers, byte[] placeholder) {
    headers.add(ABSENT, placeholder);
  }

  public static RecordKind kind(Headers headers) {
    return kind(required(headers, KIND));
  }

  static RecordKind kind(byte[] value) {
    if (value.length != 1) {
      throw new AvroInput.Corrupt("a kind that is not one character");
    }
    return RecordKind.of(value[0]);
  }

  public static EventPlace place(Headers headers) {
    return new EventPlace(
        int64(TRANSACTION, required(headers, TRANSACTION)), int64(ORDER, required(headers, ORDER)));
  }

  public static @Nullable Position position(Headers headers) {
    byte[] value = optional(headers, POSITION);
    return value == null ? null : position(value);
  }

  public static @Nullable String source(Headers headers) {
    byte[] value = optional(headers, SOURCE);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  static Position position(byte[] value) {
    try {
      return Position.parse(new String(value, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new AvroInput.Corrupt("a position that cannot be read");
    }
  }

  static long int64(String key, byte[] value) {
    if (value.length != Long.BYTES) {
      throw new AvroInput.Corrupt("a header " + key + " that is not eight bytes");
    }
    return ByteBuffer.wrap(value).getLong();
  }

  private static byte[] int64(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static byte[] text(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] required(Headers headers, String key) {
    byte[] value = optional(headers, key);
    if (value == null) {
      throw new AvroInput.Corrupt("no header " + key);
    }
    return value;
  }

  private static byte @Nullable [] optional(Headers headers, String key) {
    byte[] value = null;
    for (Header header : headers) {
      if (header.key().equals(key)) {
        value = EventHeaders.only(key, value, header);
      }
    }
    return value;
  }
}
