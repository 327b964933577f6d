package nl.veer.benchmarks.micro;

import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.event.codec.SchemaIds;
import org.apache.avro.Schema;

/** A registry in memory. */
final class KnownSchemas implements SchemaIds {
  private final List<Schema> schemas = new ArrayList<>();

  @Override
  public synchronized int idOf(Schema schema) {
    int known = schemas.indexOf(schema);
    if (known < 0) {
      schemas.add(schema);
      return schemas.size() - 1;
    }
    return known;
  }

  @Override
  public synchronized Schema byId(int id) {
    return schemas.get(id);
  }
}
