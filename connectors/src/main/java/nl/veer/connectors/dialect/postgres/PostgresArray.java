package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * The values of one column as a parameter: an array of the column's type where it has a short
 * binary form and every value is plain, so that the server need not read them as text one by one;
 * an array of text otherwise.
 */
final class PostgresArray {
  static final String TEXT = "text";

  private static final int ONE_DIMENSION = 1;
  private static final int MAY_HOLD_NULLS = 1;
  private static final int FIRST_INDEX = 1;
  private static final int VALUE_BYTES = 16;

  /** What the driver and the server call a type and its arrays. */
  private record Kind(int element, int array, String arrayName) {}

  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("boolean", new Kind(Oid.BOOL, Oid.BOOL_ARRAY, "_bool")),
          Map.entry("smallint", new Kind(Oid.INT2, Oid.INT2_ARRAY, "_int2")),
          Map.entry("integer", new Kind(Oid.INT4, Oid.INT4_ARRAY, "_int4")),
          Map.entry("bigint", new Kind(Oid.INT8, Oid.INT8_ARRAY, "_int8")),
          Map.entry("real", new Kind(Oid.FLOAT4, Oid.FLOAT4_ARRAY, "_float4")),
          Map.entry("double precision", new Kind(Oid.FLOAT8, Oid.FLOAT8_ARRAY, "_float8")),
          Map.entry("numeric", new Kind(Oid.NUMERIC, Oid.NUMERIC_ARRAY, "_numeric")),
          Map.entry("uuid", new Kind(Oid.UUID, Oid.UUID_ARRAY, "_uuid")),
          Map.entry("date", new Kind(Oid.DATE, Oid.DATE_ARRAY, "_date")),
          Map.entry("time without time zone", new Kind(Oid.TIME, Oid.TIME_ARRAY, "_time")),
          Map.entry(
              "timestamp without time zone",
              new Kind(Oid.TIMESTAMP, Oid.TIMESTAMP_ARRAY, "_timestamp")),
          Map.entry(
              "timestamp with time zone",
              new Kind(Oid.TIMESTAMPTZ, Oid.TIMESTAMPTZ_ARRAY, "_timestamptz")));

  private final String type;
  private final Object value;

  private PostgresArray(String type, Object value) {
    this.type = type;
    this.value = value;
  }

  /** Lets a session send all of these arrays; the driver by itself sends some of them as text. */
  static void prepare(Connection connection) throws SQLException {
    BaseConnection session = connection.unwrap(BaseConnection.class);
    KINDS.values().forEach(kind -> session.getQueryExecutor().addBinarySendOid(kind.array()));
  }

  /**
   * @param type of the column, as {@code format_type} names it
   */
  static PostgresArray of(
      Connection connection, String type, int count, IntFunction<@Nullable String> texts)
      throws SQLException {
    Kind kind = KINDS.get(type);
    BinaryForm form = BinaryForm.of(type);
    if (kind != null && form != null) {
      BinaryBuffer bytes = binary(kind, form, count, texts);
      if (bytes != null) {
        return new PostgresArray(type, new Binary(kind.arrayName(), bytes));
      }
    }
    @Nullable String[] values = new @Nullable String[count];
    for (int i = 0; i < count; i++) {
      values[i] = texts.apply(i);
    }
    return new PostgresArray(TEXT, connection.createArrayOf(TEXT, values));
  }

  /** See {@code array_recv} in the server's {@code arrayfuncs.c}; null if a value is not plain. */
  private static @Nullable BinaryBuffer binary(
      Kind kind, BinaryForm form, int count, IntFunction<@Nullable String> texts) {
    BinaryBuffer out = new BinaryBuffer((2 + count) * VALUE_BYTES);
    out.putInt(ONE_DIMENSION);
    out.putInt(MAY_HOLD_NULLS);
    out.putInt(kind.element());
    out.putInt(count);
    out.putInt(FIRST_INDEX);
    for (int i = 0; i < count; i++) {
      String text = texts.apply(i);
      if (text == null) {
        out.putInt(-1);
      } else if (!form.write(text, out)) {
        return null;
      }
    }
    return out;
  }

  /** Of its elements, for the statement. */
  String type() {
    return type;
  }

  void set(PreparedStatement statement, int parameter) throws SQLException {
    statement.setObject(parameter, value);
  }

  /** Bytes that the driver passes on as they are. */
  private static final class Binary extends PGobject implements PGBinaryObject {
    private static final long serialVersionUID = 1L;

    private final transient BinaryBuffer bytes;

    Binary(String type, BinaryBuffer bytes) {
      this.bytes = bytes;
      this.type = type;
    }

    @Override
    public int lengthInBytes() {
      return bytes.length();
    }

    @Override
    public void toBytes(byte[] into, int offset) {
      System.arraycopy(bytes.bytes(), 0, into, offset, bytes.length());
    }

    /** A session that was not prepared for it would send this instead. */
    @Override
    public String getValue() {
      throw new IllegalStateException("An array of " + type + " has no text");
    }

    @Override
    public void setByteValue(byte[] value, int offset) {
      throw new UnsupportedOperationException();
    }
  }
}
