package nl.veer.connectors.capture;

import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import io.debezium.connector.postgresql.connection.ReplicationStream;
import io.debezium.connector.postgresql.connection.WalPositionLocator;
import io.debezium.connector.postgresql.spi.SlotCreationResult;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/** A replication connection whose messages are {@link RawTextMessage}s, and that makes no slot. */
final class RawTextReplication implements ReplicationConnection {
  private final ReplicationConnection connection;

  RawTextReplication(ReplicationConnection connection) {
    this.connection = connection;
  }

  @Override
  public ReplicationStream startStreaming(WalPositionLocator walPosition) {
    throw new Failure(
        FailureKind.BUG, "NO_POSITION", "The capture was started without its position.");
  }

  @Override
  public ReplicationStream startStreaming(Lsn offset, WalPositionLocator walPosition)
      throws SQLException, InterruptedException {
    return new Stream(connection.startStreaming(offset, walPosition));
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

  private record Stream(ReplicationStream stream) implements ReplicationStream {

    @Override
    public void read(ReplicationMessageProcessor processor)
        throws SQLException, InterruptedException {
      stream.read(message -> processor.process(RawTextMessage.of(message)));
    }

    @Override
    public boolean readPending(ReplicationMessageProcessor processor)
        throws SQLException, InterruptedException {
      return stream.readPending(message -> processor.process(RawTextMessage.of(message)));
    }

    @Override
    public void flushLsn(Lsn lsn) throws SQLException {
      stream.flushLsn(lsn);
    }

    @Override
    public Lsn lastReceivedLsn() {
      return stream.lastReceivedLsn();
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
