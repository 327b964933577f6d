package nl.veer.connectors.event.codec;

import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.TableId;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table's envelope, compiled once per schema: the two row images and the operation; all
 * else is stepped over. Immutable; {@link Envelope} carries one record's result.
 */
final class EnvelopeReader {
  private final TableId table;
  private final List<Step> steps;

  /** What one record holds. */
  static final class Envelope {
    @Nullable RowImage before;
    @Nullable RowImage after;
    String operation = "";
  }

  @FunctionalInterface
  private interface Step {
    void read(AvroInput in, byte @Nullable [] placeholder, Envelope into);
  }

  private EnvelopeReader(TableId table, List<Step> steps) {
    this.table = table;
    this.steps = steps;
  }

  static EnvelopeReader compile(Schema schema) {
    String schemaName = schema.getProp(ConnectToAvro.VEER_SCHEMA);
    String tableName = schema.getProp(ConnectToAvro.VEER_TABLE);
    if (schema.getType() != Schema.Type.RECORD || schemaName == null || tableName == null) {
      throw new AvroInput.Corrupt("a schema that names no table");
    }
    RowReader rows = rows(schema);
    List<Step> steps = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      steps.add(step(field, rows));
    }
    return new EnvelopeReader(new TableId(schemaName, tableName), steps);
  }

  TableId table() {
    return table;
  }

  Envelope read(AvroInput in, byte @Nullable [] placeholder) {
    Envelope envelope = new Envelope();
    for (Step step : steps) {
      step.read(in, placeholder, envelope);
    }
    if (!in.isAtEnd()) {
      throw new AvroInput.Corrupt("bytes behind the record's end");
    }
    return envelope;
  }

  private static RowReader rows(Schema schema) {
    Schema.Field after = schema.getField("after");
    if (after == null) {
      throw new AvroInput.Corrupt("an envelope without rows");
    }
    Branches.requireNullable(after.schema());
    return RowReader.compile(after.schema().getTypes().get(1));
  }

  private static Step step(Schema.Field field, RowReader rows) {
    return switch (field.name()) {
      case "before" ->
          (in, placeholder, into) ->
              into.before = Branches.isPresent(in) ? rows.read(in, placeholder) : null;
      case "after" ->
          (in, placeholder, into) ->
              into.after = Branches.isPresent(in) ? rows.read(in, placeholder) : null;
      case "op" -> (in, placeholder, into) -> into.operation = in.readString();
      default -> {
        Skipper skipper = Skipper.of(field.schema());
        yield (in, placeholder, into) -> skipper.skip(in);
      }
    };
  }
}
