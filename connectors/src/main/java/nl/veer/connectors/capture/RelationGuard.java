package nl.veer.connectors.capture;

import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.MessageDecoder;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import io.debezium.connector.postgresql.connection.ReplicationStream.ReplicationMessageProcessor;
import io.debezium.connector.postgresql.connection.WalPositionLocator;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import nl.veer.connectors.dialect.postgres.PostgresColumnNames;
import nl.veer.connectors.dialect.postgres.PostgresColumnTypes;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.postgresql.replication.fluent.logical.ChainedLogicalStreamBuilder;

/**
 * Reads pgoutput's messages before Debezium does, which drops what its table filter does not know
 * and looks tables up by name. Here the oid decides: a change of a relation that is none of the
 * wave's tables, a table of the wave under another name, and one with a column whose type cannot be
 * carried exactly, are refused, exactly where they stand in the stream. A type is judged when its
 * oid is first met. Partitions are announced as well, but their changes come under their root's
 * oid.
 *
 * <pre>
 * R oid:int32 schema\0 table\0 identity:int8 count:int16 (flags:int8 name\0 type:int32 mod:int32)*
 * I|U|D oid:int32 …
 * T count:int32 options:int8 oid:int32*
 * </pre>
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html">
 *     Logical replication message formats</a>
 */
final class RelationGuard implements MessageDecoder {
  private static final String DECODER = "messageDecoder";

  private final MessageDecoder decoder;
  private final Map<Long, TableId> tables;
  private final TypeJudge judge;
  private final RecordBound bound;
  private final TypeRegistry types;
  private final Set<Long> carried = new HashSet<>();

  /** Says why types cannot be carried. */
  @FunctionalInterface
  interface TypeJudge {

    /** Reasons by oid, of those of the types that cannot be carried. */
    Map<Long, String> refusals(Set<Long> types) throws SQLException;
  }

  /**
   * @param tables the wave's tables by their oids
   * @param types for the decoder
   */
  RelationGuard(
      MessageDecoder decoder,
      Map<Long, TableId> tables,
      TypeJudge judge,
      RecordBound bound,
      TypeRegistry types) {
    this.decoder = decoder;
    this.types = types;
    this.bound = bound;
    this.tables = Map.copyOf(tables);
    this.judge = judge;
  }

  /** Puts a guard in front of a connection's decoder. */
  static ReplicationConnection before(
      ReplicationConnection connection,
      Map<Long, TableId> tables,
      TypeJudge judge,
      RecordBound bound,
      TypeRegistry types) {
    try {
      Field field = connection.getClass().getDeclaredField(DECODER);
      field.setAccessible(true);
      MessageDecoder decoder = (MessageDecoder) field.get(connection);
      field.set(connection, new RelationGuard(decoder, tables, judge, bound, types));
      return connection;
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new Failure(
          FailureKind.BUG,
          "DEBEZIUM_DECODER",
          "This version of Debezium decodes the source's stream in a way that Veer does not know.",
          e);
    }
  }

  @Override
  public void processMessage(
      ByteBuffer buffer, ReplicationMessageProcessor processor, TypeRegistry slowTypes)
      throws SQLException, InterruptedException {
    if (buffer != null) {
      require(buffer.duplicate());
    }
    decoder.processMessage(buffer, processor, types);
  }

  private void require(ByteBuffer message) throws SQLException {
    switch (message.get()) {
      case 'R' -> requireRelation(message);
      case 'I', 'U', 'D' -> {
        int bytes = message.remaining();
        bound.requireMessage(requireKnown(oid(message)), bytes);
      }
      case 'T' -> {
        int count = message.getInt();
        message.get();
        for (int i = 0; i < count; i++) {
          requireKnown(oid(message));
        }
      }
      default -> {
        // Says nothing of a table.
      }
    }
  }

  private void requireRelation(ByteBuffer message) throws SQLException {
    TableId table = tables.get(oid(message));
    TableId named = new TableId(text(message), text(message));
    if (table == null) {
      return;
    }
    if (!table.equals(named)) {
      throw replaced("The source's table " + table + " was renamed to " + named);
    }
    message.get();
    List<String> columns = new ArrayList<>();
    List<Long> types = new ArrayList<>();
    for (int left = message.getShort(); left > 0; left--) {
      message.get();
      columns.add(text(message));
      types.add(oid(message));
      message.getInt();
    }
    PostgresColumnNames.refusal(columns)
        .ifPresent(
            reason -> {
              throw new Failure(
                  FailureKind.SOURCE_DATA,
                  "COLUMN_NAME",
                  "Table " + table + " of the source cannot be captured: " + reason + ".");
            });
    requireTypes(table, columns, types);
  }

  private void requireTypes(TableId table, List<String> columns, List<Long> types)
      throws SQLException {
    Set<Long> unknown = new HashSet<>(types);
    unknown.removeAll(carried);
    if (unknown.isEmpty()) {
      return;
    }
    Map<Long, String> refusals = judge.refusals(unknown);
    for (int i = 0; i < types.size(); i++) {
      String reason = refusals.get(types.get(i));
      if (reason != null) {
        throw PostgresColumnTypes.failure(FailureKind.SOURCE_DATA, table, columns.get(i), reason);
      }
    }
    carried.addAll(unknown);
  }

  private TableId requireKnown(long oid) {
    TableId table = tables.get(oid);
    if (table == null) {
      throw replaced(
          "The source sends changes of a table (oid " + oid + ") that is not the wave's");
    }
    return table;
  }

  private static Failure replaced(String what) {
    return new Failure(
        FailureKind.SOURCE_DATA,
        "TABLE_REPLACED",
        what
            + ": a table was renamed, swapped or published. Undo that, and load anew: veer load"
            + " --again.");
  }

  private static long oid(ByteBuffer message) {
    return Integer.toUnsignedLong(message.getInt());
  }

  private static String text(ByteBuffer message) {
    int start = message.position();
    while (message.get() != 0) {
      // To the end of the text.
    }
    byte[] bytes = new byte[message.position() - start - 1];
    message.duplicate().position(start).get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public ChainedLogicalStreamBuilder defaultOptions(
      ChainedLogicalStreamBuilder builder, Function<Integer, Boolean> hasMinimumServerVersion) {
    return decoder.defaultOptions(builder, hasMinimumServerVersion);
  }

  @Override
  public boolean shouldMessageBeSkipped(
      ByteBuffer buffer, Lsn lastReceivedLsn, Lsn startLsn, WalPositionLocator walPosition) {
    return decoder.shouldMessageBeSkipped(buffer, lastReceivedLsn, startLsn, walPosition);
  }

  @Override
  public void close() {
    decoder.close();
  }
}
