package nl.veer.connectors.event.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.kafka.connect.data.Field;

/**
 * Maps a Connect schema to the Avro schema that its values are written with. Deterministic: the
 * same Connect schema always gives the same Avro schema. Optional becomes a union with null in
 * front and null as the default; other defaults are left out, for Veer never fills a value in. The
 * semantic name is kept as the property {@code connect.name}, a name that Avro does not allow as
 * {@code veer.name}.
 */
final class ConnectToAvro {
  static final String CONNECT_NAME = "connect.name";
  static final String VEER_NAME = "veer.name";
  static final String VEER_SCHEMA = "veer.schema";
  static final String VEER_TABLE = "veer.table";

  private final Map<String, String> names;
  private final Map<String, Schema> records = new HashMap<>();

  private ConnectToAvro(Map<String, String> names) {
    this.names = names;
  }

  /** The Avro schema of a record whose Connect names are kept. */
  static Schema schema(org.apache.kafka.connect.data.Schema connect) {
    return new ConnectToAvro(Map.of()).bare(connect);
  }

  /**
   * The Avro schema of a table's envelope. Debezium's names of it and of its rows are not unique
   * (it replaces what a topic name does not allow), so they are made anew.
   *
   * @param table whose rows it holds; kept as properties, so that a reader needs no other place
   * @param namespace of the records {@code Envelope} and {@code Value}
   */
  static Schema envelope(
      org.apache.kafka.connect.data.Schema connect, TableId table, String namespace) {
    Map<String, String> names =
        Map.of(
            connect.name(), namespace + ".Envelope",
            connect.field("after").schema().name(), namespace + ".Value");
    Schema schema = new ConnectToAvro(names).bare(connect);
    schema.addProp(VEER_SCHEMA, table.schema());
    schema.addProp(VEER_TABLE, table.name());
    return schema;
  }

  private Schema nullable(org.apache.kafka.connect.data.Schema connect) {
    Schema schema = bare(connect);
    return connect.isOptional()
        ? Schema.createUnion(Schema.create(Schema.Type.NULL), schema)
        : schema;
  }

  private Schema bare(org.apache.kafka.connect.data.Schema connect) {
    return switch (connect.type()) {
      case BOOLEAN -> named(Schema.Type.BOOLEAN, connect);
      case INT8, INT16, INT32 -> named(Schema.Type.INT, connect);
      case INT64 -> named(Schema.Type.LONG, connect);
      case FLOAT32 -> named(Schema.Type.FLOAT, connect);
      case FLOAT64 -> named(Schema.Type.DOUBLE, connect);
      case STRING -> named(Schema.Type.STRING, connect);
      case BYTES -> named(Schema.Type.BYTES, connect);
      case ARRAY -> Schema.createArray(nullable(connect.valueSchema()));
      case STRUCT -> struct(connect);
      case MAP ->
          throw new Failure(
              FailureKind.BUG, "SCHEMA_MAP", "A map cannot be written to the log: " + connect);
    };
  }

  private static Schema named(Schema.Type type, org.apache.kafka.connect.data.Schema connect) {
    Schema schema = Schema.create(type);
    if (connect.name() != null) {
      schema.addProp(CONNECT_NAME, connect.name());
    }
    String declared =
        connect.parameters() == null ? null : connect.parameters().get(ColumnSemantics.SOURCE_TYPE);
    if (declared != null) {
      schema.addProp(ColumnSemantics.SOURCE_TYPE, declared);
    }
    return schema;
  }

  private Schema struct(org.apache.kafka.connect.data.Schema connect) {
    String name = names.getOrDefault(connect.name(), AvroNames.escapeDotted(connect.name()));
    Schema known = records.get(name);
    if (known != null) {
      return known;
    }
    Schema schema = Schema.createRecord(name, null, null, false, fields(connect));
    schema.addProp(CONNECT_NAME, connect.name());
    records.put(name, schema);
    return schema;
  }

  private List<Schema.Field> fields(org.apache.kafka.connect.data.Schema connect) {
    List<Schema.Field> fields = new ArrayList<>();
    for (Field field : connect.fields()) {
      fields.add(field(field));
    }
    return fields;
  }

  private Schema.Field field(Field connect) {
    String name = AvroNames.escape(connect.name());
    Schema schema = nullable(connect.schema());
    Schema.Field field =
        connect.schema().isOptional()
            ? new Schema.Field(name, schema, null, JsonProperties.NULL_VALUE)
            : new Schema.Field(name, schema);
    if (!name.equals(connect.name())) {
      field.addProp(VEER_NAME, connect.name());
    }
    return field;
  }
}
