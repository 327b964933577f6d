package nl.veer.connectors.event.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.event.codec.StructEncoder.FieldWriter;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Writes what stands behind the row images in the envelopes of a block's rows: source, transaction,
 * operation, times. Debezium fills it in once for the block, in the envelope of the block's
 * carrier; of each row are only its table, its LSN, its operation and its place in the transaction.
 * Compiled once per schema of a carrier. Immutable.
 */
final class EnvelopeTail {
  private static final String SOURCE = "source";
  private static final String TRANSACTION = "transaction";
  private static final byte[] NOTHING = {};
  private static final byte[] SEQUENCE_END = {'"', ']'};

  private final Schema envelope;
  private final List<Step> steps;

  /** What differs from row to row. */
  private enum Piece {
    SCHEMA,
    TABLE,
    LSN,
    SEQUENCE,
    TRANSACTION_ID,
    TOTAL_ORDER,
    TABLE_ORDER,
    OPERATION
  }

  /**
   * @param within the struct of the envelope in which the field is; empty for the envelope itself
   * @param piece null if all rows have the carrier's value
   */
  private record Step(String within, Field field, FieldWriter writer, @Nullable Piece piece) {}

  /** The tail of one block's rows. */
  static final class Template {
    private final byte[] fixed;
    private final List<Cut> cuts;
    private final byte[] sequence;
    private final byte[] transaction;

    /** Where in the fixed bytes a row's own piece goes. */
    private record Cut(int at, boolean optional, Piece piece) {}

    private Template(byte[] fixed, List<Cut> cuts, byte[] sequence, byte[] transaction) {
      this.fixed = fixed;
      this.cuts = cuts;
      this.sequence = sequence;
      this.transaction = transaction;
    }

    void write(RowBlock block, int row, long order, long tableOrder, AvroOutput out) {
      int from = 0;
      for (int i = 0; i < cuts.size(); i++) {
        Cut cut = cuts.get(i);
        out.writeEncoded(fixed, from, cut.at());
        from = cut.at();
        if (cut.optional()) {
          out.writeByte(2);
        }
        switch (cut.piece()) {
          case SCHEMA -> writeEncoded(block.layout(row).schemaName(), out);
          case TABLE -> writeEncoded(block.layout(row).tableName(), out);
          case LSN -> out.writeLong(block.lsn(row));
          case SEQUENCE -> out.writeString(sequence, block.lsn(row), SEQUENCE_END);
          case TRANSACTION_ID -> out.writeString(transaction, block.lsn(row), NOTHING);
          case TOTAL_ORDER -> out.writeLong(order);
          case TABLE_ORDER -> out.writeLong(tableOrder);
          case OPERATION -> writeEncoded(operation(block.kind(row)), out);
        }
      }
      out.writeEncoded(fixed, from, fixed.length);
    }

    private static void writeEncoded(byte[] encoded, AvroOutput out) {
      out.writeEncoded(encoded, 0, encoded.length);
    }
  }

  private static final byte[] INSERT = AvroOutput.stringBytes("c");
  private static final byte[] UPDATE = AvroOutput.stringBytes("u");
  private static final byte[] DELETE = AvroOutput.stringBytes("d");

  private static byte[] operation(RecordKind kind) {
    return switch (kind) {
      case INSERT -> INSERT;
      case UPDATE -> UPDATE;
      case DELETE -> DELETE;
      default -> throw new IllegalArgumentException("not a change of a row: " + kind);
    };
  }

  private EnvelopeTail(Schema envelope, List<Step> steps) {
    this.envelope = envelope;
    this.steps = steps;
  }

  static EnvelopeTail compile(Schema envelope) {
    List<Step> steps = new ArrayList<>();
    for (Field field : tail(envelope)) {
      boolean walked = field.name().equals(SOURCE) || field.name().equals(TRANSACTION);
      if (walked) {
        for (Field inner : field.schema().fields()) {
          steps.add(
              new Step(field.name(), inner, FieldWriter.of(inner), piece(field.name(), inner)));
        }
      } else {
        steps.add(new Step("", field, FieldWriter.of(field), piece("", field)));
      }
    }
    return new EnvelopeTail(envelope, steps);
  }

  boolean isOf(Schema schema) {
    return envelope == schema;
  }

  /** Whether two envelopes have the same fields behind their rows. */
  static boolean isSame(Schema envelope, Schema other) {
    return tail(envelope).equals(tail(other));
  }

  private static List<Field> tail(Schema envelope) {
    return envelope.fields().subList(2, envelope.fields().size());
  }

  private static @Nullable Piece piece(String within, Field field) {
    return switch (within + "." + field.name()) {
      case "source.schema" -> Piece.SCHEMA;
      case "source.table" -> Piece.TABLE;
      case "source.lsn" -> Piece.LSN;
      case "source.sequence" -> Piece.SEQUENCE;
      case "transaction.id" -> Piece.TRANSACTION_ID;
      case "transaction.total_order" -> Piece.TOTAL_ORDER;
      case "transaction.data_collection_order" -> Piece.TABLE_ORDER;
      case ".op" -> Piece.OPERATION;
      default -> null;
    };
  }

  /**
   * @param carrier the envelope that Debezium has made for the block
   */
  Template of(Struct carrier) {
    AvroOutput fixed = new AvroOutput();
    List<Template.Cut> cuts = new ArrayList<>();
    byte[] sequence = NOTHING;
    byte[] transaction = NOTHING;
    String within = "";
    Struct struct = carrier;
    for (Step step : steps) {
      if (!step.within().equals(within)) {
        within = step.within();
        struct = within.isEmpty() ? carrier : opened(carrier, within, fixed);
      }
      if (struct == null) {
        continue;
      }
      Object value = struct.getWithoutDefault(step.field().name());
      if (step.piece() == null || value == null) {
        step.writer().write(value, fixed);
        continue;
      }
      cuts.add(new Template.Cut(fixed.length(), step.writer().optional(), step.piece()));
      if (step.piece() == Piece.SEQUENCE) {
        sequence = upTo((String) value, "\"", ((String) value).length() - SEQUENCE_END.length);
      } else if (step.piece() == Piece.TRANSACTION_ID) {
        transaction = upTo((String) value, ":", ((String) value).length());
      }
    }
    return new Template(fixed.toBytes(), cuts, sequence, transaction);
  }

  /** The struct of this name; null, and written as that, if there is none. */
  private static @Nullable Struct opened(Struct carrier, String name, AvroOutput out) {
    Struct struct = carrier.getStruct(name);
    if (carrier.schema().field(name).schema().isOptional()) {
      out.writeByte(struct == null ? 0 : 2);
    }
    return struct;
  }

  /** In front of the carrier's own LSN: up to the last mark before the end, inclusive. */
  private static byte[] upTo(String text, String mark, int end) {
    int at = text.lastIndexOf(mark, end - 1);
    return text.substring(0, at + 1).getBytes(StandardCharsets.UTF_8);
  }
}
