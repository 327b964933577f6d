package nl.veer.connectors.capture;

import io.debezium.connector.postgresql.UnchangedToastedReplicationMessageColumn;
import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.util.Properties;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.codec.ColumnSemantics;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Converts every column of every table: {@link RawText} becomes what its {@link ColumnEncoding}
 * says. No default of a column reaches a schema, for Connect would put it in the place of a NULL.
 * Made by the engine, hence public.
 */
public final class RawTextConverter implements CustomConverter<SchemaBuilder, RelationalColumn> {
  static final String PLACEHOLDER = "placeholder";

  private Placeholder placeholder = Placeholder.random();

  @Override
  public void configure(Properties properties) {
    placeholder = new Placeholder(properties.getProperty(PLACEHOLDER));
  }

  @Override
  public void converterFor(
      RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
    ColumnEncoding encoding = ColumnEncodings.ofType(column.nativeType());
    String name = column.dataCollection() + "." + column.name();
    registration.register(
        ColumnSemantics.schema(encoding).parameter(ColumnSemantics.SOURCE_TYPE, declared(column)),
        value -> convert(encoding, name, value));
  }

  /** A changed declaration makes another schema, so that readers notice it. */
  private static String declared(RelationalColumn column) {
    StringBuilder type = new StringBuilder(column.typeName());
    column.length().ifPresent(length -> type.append('(').append(length));
    if (column.length().isPresent()) {
      column.scale().ifPresent(scale -> type.append(',').append(scale));
      type.append(')');
    }
    return type.toString();
  }

  private @Nullable Object convert(ColumnEncoding encoding, String column, @Nullable Object value) {
    if (value instanceof RawText raw) {
      return read(encoding, column, raw.text());
    }
    if (UnchangedToastedReplicationMessageColumn.isUnchangedToastedValue(value)) {
      return absent(encoding, column);
    }
    // NULL, or the column's default, which Debezium has read by itself and nobody needs.
    return null;
  }

  private Object absent(ColumnEncoding encoding, String column) {
    return switch (encoding) {
      case TEXT, DATABASE_TEXT, ZONED_TIMESTAMP -> placeholder.text();
      case BYTES -> placeholder.bytes();
      default -> throw unreadable(column, new IllegalStateException("TOASTed " + encoding));
    };
  }

  private static Object read(ColumnEncoding encoding, String column, String text) {
    try {
      return SentValues.read(encoding, text);
    } catch (RuntimeException e) {
      throw unreadable(column, e);
    }
  }

  /** Wrapped once more, because Debezium passes on only the cause of what a converter throws. */
  private static RuntimeException unreadable(String column, RuntimeException cause) {
    Failure failure =
        new Failure(
            FailureKind.SOURCE_DATA,
            "VALUE_UNREADABLE",
            "A value of column "
                + column
                + " cannot be carried exactly ("
                + cause.getClass().getSimpleName()
                + "). Take the table out of the wave, or change the value and load anew.");
    return new IllegalArgumentException(failure.code(), failure);
  }
}
