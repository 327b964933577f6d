package nl.veer.connectors.capture;

import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import java.sql.SQLException;
import org.apache.kafka.connect.connector.Task;

/**
 * Debezium's PostgreSQL connector, with one difference: values reach the converters as the text
 * that the server sent. Debezium would read an interval, a timetz or a money first, and lose what
 * its Java type does not hold. Made by the engine, hence public.
 */
public final class RawTextConnector extends PostgresConnector {

  @Override
  public Class<? extends Task> taskClass() {
    return RawTextTask.class;
  }

  /** The task of {@link RawTextConnector}. */
  public static final class RawTextTask extends PostgresConnectorTask {

    @Override
    protected ReplicationConnection buildReplicationConnection(
        PostgresConnection connection, PostgresSchema schema, PostgresConnectorConfig config)
        throws SQLException {
      return new RawTextReplication(super.buildReplicationConnection(connection, schema, config));
    }
  }
}
