package nl.veer.replicator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.Heartbeat;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.RowDeleted;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowType;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TableTruncated;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the capture: fills a {@link MemoryLog} from a real slot, read through SQL, with the
 * real transaction ids, positions, key images and unchanged TOAST columns of pgoutput. Every value
 * is database text.
 */
public final class SlotLog implements AutoCloseable {
  private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private final Connection connection;
  private final String slot;
  private final MemoryLog log;
  private final Map<Integer, Relation> relations = new HashMap<>();
  private final List<LogEvent> open = new ArrayList<>();
  private long number;
  private long order;
  private String xid = "";

  private record Relation(TableId table, RowType type) {}

  public SlotLog(Connection connection, String slot, String tables, MemoryLog log)
      throws SQLException {
    this.connection = connection;
    this.slot = slot;
    this.log = log;
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE PUBLICATION "
              + slot
              + " FOR "
              + tables
              + " WITH (publish_via_partition_root = true)");
      statement.execute("SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
    }
    log.refillBy(this::refill);
  }

  public synchronized void refill() {
    try (PreparedStatement changes =
        connection.prepareStatement(
            "SELECT data FROM pg_logical_slot_get_binary_changes(?, NULL, NULL, 'proto_version',"
                + " '1', 'publication_names', ?, 'messages', 'true')")) {
      changes.setString(1, slot);
      changes.setString(2, slot);
      try (ResultSet row = changes.executeQuery()) {
        while (row.next()) {
          accept(ByteBuffer.wrap(row.getBytes(1)));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void accept(ByteBuffer message) {
    switch (message.get()) {
      case 'B' -> begin(message);
      case 'C' -> commit(message);
      case 'R' -> relation(message);
      case 'I' -> {
        Relation relation = relation(message.getInt());
        message.get();
        RowImage after = image(message, relation);
        open.add(new RowInserted(place(), relation.table(), after));
      }
      case 'U' -> {
        Relation relation = relation(message.getInt());
        RowImage before = message.get() == 'N' ? null : image(message, relation);
        if (before != null) {
          message.get();
        }
        RowImage after = image(message, relation);
        open.add(new RowUpdated(place(), relation.table(), before, after));
      }
      case 'D' -> {
        Relation relation = relation(message.getInt());
        message.get();
        RowImage before = image(message, relation);
        open.add(new RowDeleted(place(), relation.table(), before));
      }
      case 'T' -> {
        int count = message.getInt();
        message.get();
        for (int i = 0; i < count; i++) {
          open.add(new TableTruncated(place(), relation(message.getInt()).table()));
        }
      }
      case 'M' -> open.add(new Heartbeat(place(), Instant.now()));
      default -> {}
    }
  }

  private EventPlace place() {
    return new EventPlace(number + 1, ++order);
  }

  private void begin(ByteBuffer message) {
    message.getLong();
    message.getLong();
    xid = Integer.toUnsignedString(message.getInt());
    order = 0;
    open.clear();
  }

  private void commit(ByteBuffer message) {
    message.get();
    message.getLong();
    long end = message.getLong();
    Instant committedAt = POSTGRES_EPOCH.plusNanos(message.getLong() * 1000);
    if (open.isEmpty()) {
      return;
    }
    number++;
    List<LogEvent> whole = new ArrayList<>();
    whole.add(new TransactionBegin(new EventPlace(number, 0), xid));
    whole.addAll(open);
    whole.add(
        new TransactionEnd(
            new EventPlace(number, order + 1), xid, new LsnPosition(end), order, committedAt));
    log.append(whole);
  }

  private void relation(ByteBuffer message) {
    int id = message.getInt();
    TableId table = new TableId(text(message), text(message));
    message.get();
    List<RowType.Column> columns = new ArrayList<>();
    for (int i = message.getShort(); i > 0; i--) {
      message.get();
      columns.add(new RowType.Column(text(message), ColumnEncoding.DATABASE_TEXT));
      message.getInt();
      message.getInt();
    }
    relations.put(id, new Relation(table, new RowType(columns)));
  }

  private Relation relation(int id) {
    Relation relation = relations.get(id);
    if (relation == null) {
      throw new IllegalStateException("unknown relation " + id);
    }
    return relation;
  }

  private static RowImage image(ByteBuffer message, Relation relation) {
    @Nullable Object[] values = new @Nullable Object[message.getShort()];
    for (int i = 0; i < values.length; i++) {
      switch (message.get()) {
        case 'n' -> values[i] = null;
        case 'u' -> values[i] = RowImage.ABSENT;
        default -> {
          byte[] bytes = new byte[message.getInt()];
          message.get(bytes);
          values[i] = new String(bytes, StandardCharsets.UTF_8);
        }
      }
    }
    return new RowImage(relation.type(), values);
  }

  private static String text(ByteBuffer message) {
    int start = message.position();
    while (message.get() != 0) {}
    byte[] bytes = new byte[message.position() - start - 1];
    message.get(start, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
