package nl.veer.connectors.capture;

import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The source's types, for Debezium's decoder, which asks for the type of each column of each row by
 * name, and for which Debezium puts a qualified name together each time. Owned by Debezium's
 * reading thread.
 */
final class KnownTypes extends TypeRegistry {
  private final Map<String, Known> known = new HashMap<>();

  private record Known(String schema, PostgresType type) {}

  KnownTypes(PostgresConnection connection) {
    super(connection);
  }

  @Override
  public @Nullable PostgresType get(String schema, String name) {
    Known before = known.get(name);
    if (before != null && before.schema().equals(schema)) {
      return before.type();
    }
    PostgresType type = super.get(schema, name);
    if (type != null) {
      known.put(name, new Known(schema, type));
    }
    return type;
  }
}
