package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.MessageDecoder;
import io.debezium.connector.postgresql.connection.ReplicationStream.ReplicationMessageProcessor;
import io.debezium.connector.postgresql.connection.WalPositionLocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.replication.fluent.logical.ChainedLogicalStreamBuilder;

@SuppressWarnings("NullAway") // Debezium passes null where nothing was read.
class RelationGuardTest {
  private static final long BAD = 77;

  private final Decoder decoder = new Decoder();
  private final RelationGuard guard =
      new RelationGuard(
          decoder,
          Map.of(7L, new TableId("public", "t")),
          types -> types.contains(BAD) ? Map.of(BAD, "it is bad") : Map.of(),
          new RecordBound(1_000),
          null);

  @Test
  void passesOnWhatIsOfTheWaveAndWhatIsOfNoTable() throws Exception {
    guard.processMessage(relation(7, "t", "id", "v"), message -> {}, null);
    guard.processMessage(relation(8, "t_1", "id", "v"), message -> {}, null);
    guard.processMessage(row('I', 7), message -> {}, null);
    guard.processMessage(truncate(7), message -> {}, null);
    guard.processMessage(ByteBuffer.wrap(new byte[] {'B', 0}), message -> {}, null);
    guard.processMessage(null, message -> {}, null);
    assertThat(decoder.first).containsExactly('R', 'R', 'I', 'T', 'B', '-');
  }

  @Test
  void refusesARenamedTable() {
    refused("TABLE_REPLACED", relation(7, "t_old", "id"));
  }

  @Test
  void refusesChangesOfOtherTables() {
    refused("TABLE_REPLACED", row('I', 8));
    refused("TABLE_REPLACED", row('U', 8));
    refused("TABLE_REPLACED", row('D', 8));
    refused("TABLE_REPLACED", truncate(7, 8));
  }

  @Test
  void refusesARowThatIsFarTooLargeBeforeItIsRead() {
    refused("RECORD_TOO_LARGE", ByteBuffer.allocate(2_010).put((byte) 'I').putInt(7).rewind());
  }

  @Test
  void refusesNamesThatDebeziumMixesUp() {
    refused("COLUMN_NAME", relation(7, "t", "id", "ID"));
    refused("COLUMN_NAME", relation(7, "t", "\"id\""));
  }

  @Test
  void refusesATypeThatCannotBeCarriedEachTimeItComes() throws Exception {
    guard.processMessage(relation(7, "t", "id"), message -> {}, null);
    decoder.first.clear();
    ByteBuffer message = relation(7, "t", "id", "v");
    message.putInt(message.limit() - 8, (int) BAD);
    refused("COLUMN_TYPE", message.duplicate());
    refused("COLUMN_TYPE", message.duplicate());
  }

  private void refused(String code, ByteBuffer message) {
    assertThatThrownBy(() -> guard.processMessage(message, ignored -> {}, null))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    assertThat(decoder.first).isEmpty();
  }

  private static ByteBuffer relation(int oid, String table, String... columns) {
    ByteBuffer message = ByteBuffer.allocate(500).put((byte) 'R').putInt(oid);
    text(message, "public");
    text(message, table);
    message.put((byte) 'd').putShort((short) columns.length);
    for (String column : columns) {
      message.put((byte) 0);
      text(message, column);
      message.putInt(23).putInt(-1);
    }
    return message.flip();
  }

  private static void text(ByteBuffer message, String text) {
    message.put(text.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
  }

  private static ByteBuffer row(char kind, int oid) {
    return ByteBuffer.allocate(20).put((byte) kind).putInt(oid).flip();
  }

  private static ByteBuffer truncate(int... oids) {
    ByteBuffer message = ByteBuffer.allocate(50).put((byte) 'T').putInt(oids.length).put((byte) 0);
    for (int oid : oids) {
      message.putInt(oid);
    }
    return message.flip();
  }

  /** Notes what reaches it, whole. */
  private static final class Decoder implements MessageDecoder {
    private final List<Character> first = new ArrayList<>();

    @Override
    public void processMessage(
        @Nullable ByteBuffer buffer,
        ReplicationMessageProcessor processor,
        @Nullable TypeRegistry types) {
      first.add(buffer == null ? '-' : (char) buffer.get());
    }

    @Override
    public ChainedLogicalStreamBuilder defaultOptions(
        ChainedLogicalStreamBuilder builder, Function<Integer, Boolean> version) {
      return builder;
    }

    @Override
    public boolean shouldMessageBeSkipped(
        ByteBuffer buffer, Lsn last, Lsn start, WalPositionLocator position) {
      return false;
    }

    @Override
    public void close() {}
  }
}
