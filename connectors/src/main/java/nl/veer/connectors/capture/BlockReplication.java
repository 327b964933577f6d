package nl.veer.connectors.capture;

import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import io.debezium.connector.postgresql.connection.ReplicationMessage;
import io.debezium.connector.postgresql.connection.ReplicationStream;
import io.debezium.connector.postgresql.connection.WalPositionLocator;
import io.debezium.connector.postgresql.spi.SlotCreationResult;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/** A replication connection whose rows come in {@link BlockMessage}s, and that makes no slot. */
final class BlockReplication implements ReplicationConnection {
  private final ReplicationConnection connection;
  private final RowCollector rows;

  BlockReplication(ReplicationConnection connection, RowCollector rows) {
    this.connection = connection;
    this.rows = rows;
  }

  @Override
  public ReplicationStream startStreaming(WalPositionLocator walPosition) {
    throw new Failure(
        FailureKind.BUG, "NO_POSITION", "The capture was started without its position.");
  }

  @Override
  public ReplicationStream startStreaming(Lsn offset, WalPositionLocator walPosition)
      throws SQLException, InterruptedException {
    return new Stream(connection.startStreaming(offset, walPosition), rows);
  }

  /** A slot made now would silently begin behind what was not captured. */
  @Override
  public Optional<SlotCreationResult> createReplicationSlot() {
    throw new Failure(
        FailureKind.LOST_POSITION,
        "SLOT_LOST",
        "The source's replication slot is gone. Load anew: veer load --again.");
  }

  @Override
  public void initConnection() throws SQLException, InterruptedException {
    connection.initConnection();
  }

  @Override
  public boolean isConnected() throws SQLException {
    return connection.isConnected();
  }

  @Override
  public void reconnect() throws SQLException {
    connection.reconnect();
  }

  @Override
  public void close() throws Exception {
    connection.close();
  }

  private static final class Stream implements ReplicationStream {
    private final ReplicationStream stream;
    private final RowCollector rows;

    /** Of the block that Debezium handles now; null if it handles none. */
    private volatile @Nullable Lsn blockLsn;

    Stream(ReplicationStream stream, RowCollector rows) {
      this.stream = stream;
      this.rows = rows;
    }

    /** Nothing of Debezium's reads so any more. */
    @Override
    public void read(ReplicationMessageProcessor processor) {
      throw new UnsupportedOperationException();
    }

    /** Reads on while rows come, so that Debezium looks after itself once for each block only. */
    @Override
    public boolean readPending(ReplicationMessageProcessor processor)
        throws SQLException, InterruptedException {
      do {
        if (!stream.readPending(message -> take(message, processor))) {
          boolean overdue = rows.isOverdue();
          if (overdue) {
            handOver(processor);
          }
          return overdue;
        }
      } while (!rows.isEmpty());
      return true;
    }

    private void take(ReplicationMessage message, ReplicationMessageProcessor processor)
        throws SQLException, InterruptedException {
      if (message.isSkippedMessage()) {
        throw skipped();
      }
      switch (message.getOperation()) {
        case INSERT, UPDATE, DELETE -> {
          rows.add(message, stream.lastReceivedLsn());
          if (rows.isFull()) {
            handOver(processor);
          }
        }
        default -> {
          handOver(processor);
          processor.process(message);
        }
      }
    }

    private void handOver(ReplicationMessageProcessor processor)
        throws SQLException, InterruptedException {
      if (!rows.isEmpty()) {
        blockLsn = rows.lastLsn();
        processor.process(rows.handOver());
        blockLsn = null;
      }
    }

    /** Debezium leaves a change out whose table its filter does not know; it would go missing. */
    private static Failure skipped() {
      return new Failure(
          FailureKind.SOURCE_DATA,
          "TABLE_REPLACED",
          "The source sends changes of a table that is not the wave's: a table was renamed, swapped"
              + " or published. Undo that, and load anew: veer load --again.");
    }

    @Override
    public void flushLsn(Lsn lsn) throws SQLException {
      stream.flushLsn(lsn);
    }

    @Override
    public Lsn lastReceivedLsn() {
      Lsn block = blockLsn;
      return block != null ? block : stream.lastReceivedLsn();
    }

    @Override
    public Lsn startLsn() {
      return stream.startLsn();
    }

    @Override
    public void startKeepAlive(ExecutorService service) {
      stream.startKeepAlive(service);
    }

    @Override
    public void stopKeepAlive() {
      stream.stopKeepAlive();
    }

    @Override
    public void close() throws Exception {
      stream.close();
    }
  }
}
