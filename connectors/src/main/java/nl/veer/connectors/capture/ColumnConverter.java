package nl.veer.connectors.capture;

import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.util.Properties;
import nl.veer.connectors.event.codec.ColumnSemantics;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * Gives every column of every table the schema of its {@link
 * nl.veer.connectors.event.ColumnEncoding}. The values go beside Debezium's, but for the number of
 * a block. No default of a column reaches a schema, for Connect would put it in the place of a
 * NULL. Made by the engine, hence public.
 */
public final class ColumnConverter implements CustomConverter<SchemaBuilder, RelationalColumn> {

  @Override
  public void configure(Properties properties) {}

  @Override
  public void converterFor(
      RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
    registration.register(
        ColumnSemantics.schema(ColumnEncodings.ofType(column.nativeType()))
            .parameter(ColumnSemantics.SOURCE_TYPE, declared(column)),
        // Else the column's default, which Debezium has read by itself and nobody needs.
        value -> value instanceof Long && isBlock(column) ? value : null);
  }

  private static boolean isBlock(RelationalColumn column) {
    return column.dataCollection().equals(BlockMessage.TABLE.toString());
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
}
